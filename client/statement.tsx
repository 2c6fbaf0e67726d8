import '@kern-ux/native/dist/kern.css'
import './styles/base.css'
import './styles/ui.css'
import './participation/statement/statement.css'
import { effect } from '@preact/signals'
import { render } from 'preact'
import { StatementPage } from './participation/statement/statement-page.tsx'
import { theme } from './ui/theme.ts'

effect(() => {
  document.documentElement.dataset.kernTheme = theme.value
})
// Another link opened in the same tab differs behind # only: the browser would stay on this page.
addEventListener('hashchange', () => location.reload())
const app = document.getElementById('app')
if (app) render(<StatementPage />, app)

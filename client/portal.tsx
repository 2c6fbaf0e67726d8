import '@kern-ux/native/dist/kern.css'
import './styles/base.css'
import './styles/ui.css'
import './styles/portal.css'
import './styles/panel.css'
import './styles/map.css'
import './styles/print.css'
import { effect } from '@preact/signals'
import { render } from 'preact'
import { App } from './portal/app.tsx'
import { keepData } from './portal/data.ts'
import { followChanges } from './portal/live.ts'
import { keepPlace } from './portal/place.ts'
import { followAddress, view } from './portal/view.ts'
import { language } from './ui/language.ts'
import { chosenTheme } from './ui/theme.ts'

effect(() => {
  language.value = view.value.language
  chosenTheme.value = view.value.theme
})
followAddress()
keepData()
keepPlace()
followChanges()

const app = document.getElementById('app')
if (app) render(<App />, app)

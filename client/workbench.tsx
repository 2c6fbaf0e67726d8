import '@kern-ux/native/dist/kern.css'
import './styles/base.css'
import './styles/ui.css'
import { render } from 'preact'

const app = document.getElementById('app')
if (app) {
  render(
    <main>
      <h1>Arbeitsplatz</h1>
      <p>
        <a href="/">Zur öffentlichen Karte</a>
      </p>
    </main>,
    app,
  )
}

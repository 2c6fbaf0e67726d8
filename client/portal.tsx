import '@kern-ux/native/dist/kern.css'
import './styles/base.css'
import './styles/ui.css'

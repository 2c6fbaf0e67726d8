import { computed, signal } from '@preact/signals'
import type { Theme } from '../../server/contract/layers/layer.ts'

const system = matchMedia('(prefers-color-scheme: dark)')
const systemTheme = signal<Theme>(system.matches ? 'dark' : 'light')
system.addEventListener('change', () => {
  systemTheme.value = system.matches ? 'dark' : 'light'
})

/** The theme asked for; null: as the system says. */
export const chosenTheme = signal<Theme | null>(null)

/** Paper is light. */
export const isPrinting = signal(false)

/** The theme in use. */
export const theme = computed<Theme>(() => (isPrinting.value ? 'light' : (chosenTheme.value ?? systemTheme.value)))

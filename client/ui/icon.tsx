const icons = {
  search: 'kern-icon--search',
  close: 'kern-icon--close',
  download: 'kern-icon--download',
  copy: 'kern-icon--content-copy',
  home: 'kern-icon--home',
  back: 'kern-icon--arrow-back',
  forward: 'kern-icon--arrow-forward',
  up: 'kern-icon--arrow-up',
  down: 'kern-icon--arrow-down',
  left: 'kern-icon--chevron-left',
  right: 'kern-icon--chevron-right',
  menu: 'kern-icon--dehaze',
  calendar: 'kern-icon--calendar-today',
  list: 'kern-icon--checklist',
  language: 'kern-icon--language',
  light: 'kern-icon--light-mode',
  dark: 'kern-icon--dark-mode',
  mail: 'kern-icon--mail',
  account: 'kern-icon--account-circle',
  signOut: 'kern-icon--logout',
  edit: 'kern-icon--edit',
  remove: 'kern-icon--delete',
  add: 'kern-icon--add',
  check: 'kern-icon--check',
  renew: 'kern-icon--autorenew',
  upload: 'kern-icon--drive-folder-upload',
  external: 'kern-icon--open-in-new',
  more: 'kern-icon--more-vert',
  show: 'kern-icon--visibility',
  hide: 'kern-icon--visibility-off',
  info: 'kern-icon--info',
  success: 'kern-icon--success',
  warning: 'kern-icon--warning',
  danger: 'kern-icon--danger',
  print: 'icon-own icon-print',
  share: 'icon-own icon-share',
  play: 'icon-own icon-play',
  pause: 'icon-own icon-pause',
  map: 'icon-own icon-map',
  table: 'icon-own icon-table',
} as const

export type IconName = keyof typeof icons

/** A sign beside words; never the only thing that says something. */
export function Icon({ name, small = false }: { name: IconName; small?: boolean }) {
  return <span class={`kern-icon ${icons[name]}${small ? ' kern-icon--small' : ''}`} aria-hidden="true" />
}

/** The sums stand on the page of the figures: trench, new duct, reused and cable apart, never added. */
export function LengthsLink() {
  return (
    <p class="kern-hint">
      Trasse, neues Leerrohr, mitgenutzte Infrastruktur und Kabel sind vier verschiedene Größen und werden nie zusammengezählt.{' '}
      <a href="/arbeitsplatz/zahlen#laengen">Längen nach Stadtteil und Status</a>
    </p>
  )
}

import * as z from 'zod/mini'
import { FactId, factKind, Geometry, Line, Paragraph, Slug } from './fact.ts'

/** A build section: a district or part of one, in a programme. */
export const section = factKind({
  kind: 'section',
  table: 'build_sections',
  label: { de: 'Bauabschnitt', en: 'Build section' },
  roles: ['admin', 'gigabitCoordinator'],
  identity: z.object({
    programmeId: FactId,
    districtId: Slug,
    part: z.nullable(Slug),
  }),
  values: z.object({
    name: z.nullable(Line),
    buildPhase: z.nullable(z.int().check(z.minimum(1), z.maximum(99))),
    note: z.nullable(Paragraph),
    geom: z.nullable(Geometry),
  }),
  fields: {
    programmeId: {
      label: { de: 'Programm', en: 'Programme' },
      input: 'reference',
      refersTo: 'programme',
    },
    districtId: {
      label: { de: 'Stadtteil', en: 'District' },
      input: 'reference',
      refersTo: 'district',
    },
    part: {
      label: { de: 'Kennung des Teils', en: 'Identifier of the part' },
      input: 'text',
      hint: {
        de: 'leer: der ganze Stadtteil',
        en: 'empty: the whole district',
      },
    },
    name: {
      label: { de: 'Name', en: 'Name' },
      input: 'text',
      hint: {
        de: 'leer: Name des Stadtteils',
        en: 'empty: name of the district',
      },
    },
    buildPhase: {
      label: { de: 'Bauphase', en: 'Build phase' },
      input: 'number',
    },
    note: {
      label: { de: 'Hinweis (öffentlich)', en: 'Note (public)' },
      input: 'longText',
    },
    geom: {
      label: { de: 'Fläche', en: 'Area' },
      input: 'geometry',
      hint: {
        de: 'leer: der ganze Stadtteil',
        en: 'empty: the whole district',
      },
    },
  },
  idOf: ({ programmeId, districtId, part }) => [programmeId, districtId, part].filter((piece) => piece !== null).join(':'),
})

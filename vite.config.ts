import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { PurgeCSS } from 'purgecss'
import { defineConfig, type Plugin } from 'vite'

const root = fileURLToPath(new URL('./client', import.meta.url))

/** The design system goes into a cascade layer of its own, so that any rule of ours wins; the build keeps what is used of it. */
function kernStyles(): Plugin {
  let building = false
  return {
    name: 'kern-styles',
    enforce: 'pre',
    configResolved(config) {
      building = config.command === 'build'
    },
    async transform(code, id) {
      if (!id.split('?')[0]?.endsWith('@kern-ux/native/dist/kern.css')) return null
      const raw = code.replace('@charset "UTF-8";', '')
      const [used] = building
        ? await new PurgeCSS().purge({
            css: [{ raw }],
            content: [`${root}/**/*.{tsx,html}`],
            // Colours refer to palettes and those to others: without all of its variables a border loses its colour.
            variables: false,
            // The theme is set by the page's code; of :is() the purger keeps nothing by itself.
            dynamicAttributes: ['data-kern-theme'],
            safelist: [':is', ':not'],
          })
        : [{ css: raw }]
      return { code: `@layer kern {${used?.css ?? raw}}`, map: null }
    },
  }
}

/** Compresses once, as small as it gets, what the server then sends as it is (server/portal/assets.ts). */
function precompressed(): Plugin {
  return {
    name: 'precompressed',
    apply: 'build',
    writeBundle({ dir = '' }, bundle) {
      for (const name of Object.keys(bundle).filter((name) => /\.(js|mjs|css|svg|json)$/.test(name))) {
        const bytes = readFileSync(join(dir, name))
        writeFileSync(join(dir, `${name}.br`), brotliCompressSync(bytes))
        writeFileSync(join(dir, `${name}.gz`), gzipSync(bytes, { level: 9 }))
      }
    },
  }
}

export default defineConfig({
  root,
  plugins: [kernStyles(), precompressed()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    // The content security policy allows fonts and scripts from files only.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { portal: `${root}/index.html`, workbench: `${root}/workbench.html`, statement: `${root}/statement.html` },
    },
  },
})

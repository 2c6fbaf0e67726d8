import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { Failure } from '../ui/notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'

/** A part of the portal that is loaded when it is first shown: the first view does not carry it. */
export function lazy(load: () => Promise<ComponentType>): ComponentType {
  const part = signal<{ component: ComponentType } | null>(null)
  const error = signal<unknown>(null)
  const start = async () => {
    error.value = null
    try {
      part.value = { component: await load() }
    } catch (reason) {
      error.value = reason
    }
  }
  return function Lazy() {
    useEffect(() => {
      if (part.peek() === null) void start()
    }, [])
    if (error.value !== null) return <Failure error={error.value} retry={() => void start()} />
    const Loaded = part.value?.component
    return Loaded ? <Loaded /> : <Skeleton heading />
  }
}

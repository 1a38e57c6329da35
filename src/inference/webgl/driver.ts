import {
  type BackendDriver,
  BackendRefusal,
  type Device,
  isSoftwareGpu,
  type Session,
} from '../engine/backend-driver';
import type { LoadTensorflow } from '../tfjs/load';
import type { GraphSession } from '../tfjs/graph-session';

/** tfjs's own attributes but for `failIfMajorPerformanceCaveat`: software is told apart by its name. */
const CONTEXT_ATTRIBUTES: WebGLContextAttributes = {
  alpha: false,
  antialias: false,
  premultipliedAlpha: false,
  preserveDrawingBuffer: false,
  depth: false,
  stencil: false,
  failIfMajorPerformanceCaveat: false,
};

function createContext(canvas: OffscreenCanvas): WebGL2RenderingContext {
  const gl = canvas.getContext('webgl2', CONTEXT_ATTRIBUTES);
  if (gl === null) throw new BackendRefusal('no-adapter', 'The browser gives no WebGL 2 context.');
  return gl;
}

function rendererOf(gl: WebGL2RenderingContext): string | null {
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = gl.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER);
  return typeof renderer === 'string' ? renderer : null;
}

/**
 * tfjs polls a fence until it is signalled, and on a lost context it never is. Signalled it reads
 * zeros, and the run that asked finds the context lost.
 */
function letFencesPassWhenLost(gl: WebGL2RenderingContext): void {
  const wait = gl.clientWaitSync.bind(gl);
  gl.clientWaitSync = (sync, flags, timeout) =>
    gl.isContextLost() ? gl.ALREADY_SIGNALED : wait(sync, flags, timeout);
}

/** A context of WebGL 2, and what its driver calls itself. */
export interface Gl {
  canvas: OffscreenCanvas;
  gl: WebGL2RenderingContext;
  description: string | null;
  isSoftware: boolean;
}

/** @throws BackendRefusal */
export function openGl(): Gl {
  if (typeof OffscreenCanvas === 'undefined') {
    throw new BackendRefusal('not-in-this-browser', 'There is no OffscreenCanvas here.');
  }
  const canvas = new OffscreenCanvas(1, 1);
  const gl = createContext(canvas);
  letFencesPassWhenLost(gl);
  const description = rendererOf(gl);
  const isSoftware = description !== null && isSoftwareGpu(description);
  return { canvas, gl, description, isSoftware };
}

/** Frees the memory on the GPU now, not when the context is collected. */
export function closeGl(gl: WebGL2RenderingContext): void {
  gl.getExtension('WEBGL_lose_context')?.loseContext();
}

/** WebGL 2 on an OffscreenCanvas. */
export function createWebglDriver(loadTensorflow: LoadTensorflow): BackendDriver {
  async function open(): Promise<Device> {
    const { canvas, gl, description, isSoftware } = openGl();
    let session: GraphSession | undefined;
    let closed = false;

    const lost = new Promise<string>((resolve) => {
      canvas.addEventListener('webglcontextlost', () => {
        if (!closed) resolve('The WebGL context was lost.');
      });
    });

    async function load(model: Parameters<Device['load']>[0]): Promise<Session> {
      const loaded = await (await loadTensorflow()).openWebglSession(gl, model);
      session = loaded;
      /** Reading from a lost context gives zeros instead of an error. */
      const read = async <T>(reading: Promise<T>): Promise<T> => {
        const outputs = await reading;
        if (gl.isContextLost()) throw new Error('The WebGL context was lost.');
        return outputs;
      };
      return {
        batchCuts: loaded.batchCuts,
        run: (cuts) => read(loaded.run(cuts)),
        see: (cut) => read(loaded.see(cut)),
      };
    }

    function close(): void {
      if (closed) return;
      closed = true;
      session?.close();
      session = undefined;
      closeGl(gl);
    }

    return Promise.resolve({ description, isSoftware, lost, load, close });
  }
  return { backend: 'webgl', open };
}

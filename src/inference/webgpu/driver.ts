import {
  type BackendDriver,
  BackendRefusal,
  type Device,
  isSoftwareGpu,
} from '../engine/backend-driver';
import type { LoadTensorflow } from '../tfjs/load';
import type { GraphSession } from '../tfjs/graph-session';

function describe(info: GPUAdapterInfo): string {
  return [info.vendor, info.architecture, info.description].filter((part) => part !== '').join(' ');
}

/** The limits that tfjs's own registration asks for (tfjs-backend-webgpu/dist/base.js). */
function requiredLimits({ limits }: GPUAdapter): Record<string, number> {
  return {
    maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
    maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
    maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
    maxBufferSize: limits.maxBufferSize,
    maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
    maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
  };
}

/** A device of WebGPU, and what its adapter calls itself. */
export interface Gpu {
  device: GPUDevice;
  info: GPUAdapterInfo;
  description: string;
  isSoftware: boolean;
}

/** @throws BackendRefusal */
export async function openGpu(): Promise<Gpu> {
  // Typed as always there, but not every browser and system has it.
  const gpu = (globalThis.navigator as { gpu?: GPU } | undefined)?.gpu;
  if (gpu === undefined) {
    throw new BackendRefusal('not-in-this-browser', 'This browser has no WebGPU here.');
  }
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) {
    throw new BackendRefusal('no-adapter', 'The browser gives no WebGPU adapter.');
  }
  const { info } = adapter;
  const description = describe(info);
  const device = await adapter.requestDevice({ requiredLimits: requiredLimits(adapter) });
  const isSoftware = info.isFallbackAdapter || isSoftwareGpu(description);
  return { device, info, description, isSoftware };
}

/** WebGPU. The device is opened here and not by tfjs, which watches neither a missing adapter nor a loss. */
export function createWebgpuDriver(loadTensorflow: LoadTensorflow): BackendDriver {
  async function open(): Promise<Device> {
    const { device, info, description, isSoftware } = await openGpu();
    let session: GraphSession | undefined;
    let closed = false;

    const lost = new Promise<string>((resolve) => {
      void device.lost.then(({ reason, message }) => {
        if (!closed) resolve(`The WebGPU device was lost (${reason}): ${message}`);
      });
    });

    return {
      description,
      isSoftware,
      lost,
      load: async (model) => {
        session = await (await loadTensorflow()).openWebgpuSession(device, info, model);
        return session;
      },
      close: () => {
        if (closed) return;
        closed = true;
        session?.close();
        session = undefined;
        device.destroy();
      },
    };
  }
  return { backend: 'webgpu', open };
}

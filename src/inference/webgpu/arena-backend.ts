import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu';
import { type DataType, engine, type Tensor, type TensorInfo, util } from '@tensorflow/tfjs-core';

const STORAGE = 0x80; // GPUBufferUsage, which Node does not have
const COPY_SRC = 0x4;
const COPY_DST = 0x8;
const MAP_READ = 0x1;
const MAP_MODE_READ = 0x1;

const BYTES_PER_VALUE = 4;

/**
 * tfjs's WebGPU backend with memory of its own for what a run of the model needs. tfjs keeps every
 * buffer size that it has met, so batches of changing size would fill the GPU; and it reads each
 * output back on its own. Here layers write to two buffers in turn, and all outputs of a run come
 * back in one.
 */
export class ArenaBackend extends WebGPUBackend {
  /** Activations: a layer reads one and writes the other. */
  readonly #slots: [GPUBuffer | undefined, GPUBuffer | undefined] = [undefined, undefined];
  /** Buffers that became too small while commands named them. */
  #outgrown: GPUBuffer[] = [];
  #readBack: GPUBuffer | undefined;
  #largestBytes = 0;

  /** The bytes of the largest activation so far. */
  get largestActivationBytes(): number {
    return this.#largestBytes;
  }

  /** A tensor of float32 for a layer's output, elsewhere than its input. */
  activation(shape: number[], input?: TensorInfo): TensorInfo {
    const bytes = util.sizeFromShape(shape) * BYTES_PER_VALUE;
    this.#largestBytes = Math.max(this.#largestBytes, bytes);
    const inputBuffer = input === undefined ? undefined : this.tensorMap.get(input.dataId).resource;
    const index = this.#slots[0] !== undefined && this.#slots[0] === inputBuffer ? 1 : 0;
    const slot = this.#grown(this.#slots[index], bytes, STORAGE | COPY_SRC);
    this.#slots[index] = slot;
    return this.view(slot, shape, 'float32');
  }

  /** A tensor on a buffer that is somebody else's. */
  view(buffer: GPUBuffer, shape: number[], dtype: DataType): TensorInfo {
    const tensor = this.makeTensorInfo(shape, dtype);
    const entry = this.tensorMap.get(tensor.dataId);
    entry.resource = buffer;
    entry.external = true;
    return tensor;
  }

  /** A buffer that the queue writes and kernels read: `buffer` where it is big enough, or a bigger one for it. */
  input(buffer: GPUBuffer | undefined, bytes: number): GPUBuffer {
    return this.#grown(buffer, bytes, STORAGE | COPY_DST);
  }

  /** The values of float32 tensors, in one read-back. Whatever waits is submitted with it. */
  async readTogether(tensors: readonly Tensor[]): Promise<Float32Array[]> {
    const sizes = tensors.map(({ size }) => size * BYTES_PER_VALUE);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    const target = this.#grown(this.#readBack, bytes, MAP_READ | COPY_DST);
    this.#readBack = target;
    this.ensureCommandEncoderReady();
    this.endComputePassEncoder();
    this.submitQueue();
    const encoder = this.device.createCommandEncoder();
    let offset = 0;
    tensors.forEach(({ dataId }, index) => {
      const size = sizes[index] ?? 0;
      const { resource } = this.tensorMap.get(dataId);
      if (!(resource instanceof GPUBuffer)) throw new Error('An output is not on the GPU.');
      encoder.copyBufferToBuffer(resource, 0, target, offset, size);
      offset += size;
    });
    this.queue.submit([encoder.finish()]);
    for (const buffer of this.#outgrown.splice(0)) buffer.destroy();
    await target.mapAsync(MAP_MODE_READ, 0, bytes);
    const values = new Float32Array(target.getMappedRange(0, bytes).slice(0));
    target.unmap();
    let start = 0;
    return tensors.map(({ size }) => values.subarray(start, (start += size)));
  }

  /** Puts a kernel's output under tfjs's care, in the tidy around it. */
  tracked(info: TensorInfo): Tensor {
    return engine().makeTensorFromTensorInfo(info, this);
  }

  override dispose(): void {
    for (const buffer of [...this.#slots, ...this.#outgrown, this.#readBack]) buffer?.destroy();
    super.dispose();
  }

  #grown(buffer: GPUBuffer | undefined, bytes: number, usage: number): GPUBuffer {
    if (buffer !== undefined && buffer.size >= bytes) return buffer;
    if (buffer !== undefined) this.#outgrown.push(buffer);
    return this.device.createBuffer({ size: bytes, usage });
  }
}

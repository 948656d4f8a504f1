/** A device of our own with all that its adapter has to give. */
export async function openDevice(
  gpu: GPU | undefined,
): Promise<{ device: GPUDevice; name: string; software: boolean }> {
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('there is no WebGPU here');
  const { info } = adapter;
  const requiredLimits: Record<string, number> = {};
  // The names sit on the prototype, where Object.entries does not look.
  for (const name in adapter.limits) {
    const limit = adapter.limits[name as keyof GPUSupportedLimits];
    if (typeof limit === 'number') requiredLimits[name] = limit;
  }
  const requiredFeatures = [...adapter.features] as GPUFeatureName[];
  const name = [info.vendor, info.architecture, info.description || info.device].filter(Boolean).join(' ');
  const software = info.isFallbackAdapter || /swiftshader|llvmpipe/i.test(name);
  return {
    device: await adapter.requestDevice({ requiredFeatures, requiredLimits }),
    name: name || 'unnamed',
    software,
  };
}

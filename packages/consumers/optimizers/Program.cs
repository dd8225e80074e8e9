// INNAprop on memory of one's own: no program, no libtorch.
using System.Runtime.InteropServices;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Workers;

const int length = 1000;
float[] weights = GC.AllocateArray<float>(length, pinned: true);
float[] gradient = GC.AllocateArray<float>(length, pinned: true);
nint weightsAt = Marshal.UnsafeAddrOfPinnedArrayElement(weights, 0);
nint gradientAt = Marshal.UnsafeAddrOfPinnedArrayElement(gradient, 0);

using var pool = new WorkerPool();
using var optimizer = new InnapropOptions { Alpha = 0.1, Beta = 0.9, WeightDecay = 0 }.Build([new ParameterSlot("w", weightsAt, length)], pool);
for (int step = 0; step < 500; step++)
{
    // The gradient of Σ |w − 1|: a kink at the solution.
    for (int i = 0; i < length; i++)
    {
        gradient[i] = MathF.Sign(weights[i] - 1);
    }

    optimizer.Step([gradientAt], rate: 0.05 / (1 + 0.05 * step));
}

float worst = weights.Max(w => MathF.Abs(w - 1));
Console.WriteLine($"{OptimizerRegistry.All.Count} optimizers; after {optimizer.StepCounts[0]} steps every weight is within {worst:F3} of 1");
return worst < 0.05 ? 0 : 1;

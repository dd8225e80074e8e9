using Nonsmooth.Differentiation;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using static TorchSharp.torch;

namespace Nonsmooth.TorchSharp.Tests;

/// <summary>A module of TorchSharp trained with our optimizer, beside the same network as a program of ours.</summary>
public sealed class TrainingTests(ITestOutputHelper output) : TorchSharpTest
{
    private const int Steps = 100;
    private const double Rate = 1e-3;
    private static readonly long[][] _shapes = [[32, 8], [32], [3, 32], [3]];

    [Fact]
    public void AModuleTrainedWithInnapropIsOurTrainingWithinRounding()
    {
        float[][] start = [.. _shapes.Select((shape, i) => Numbers(i, (int)shape.Aggregate(1L, (a, b) => a * b)))];
        float[] x = Numbers(10, 64 * 8);
        float[] y = Numbers(11, 64 * 3);

        var (theirs, loss) = Module(start, x, y);
        var (ours, ownLoss) = Ours(start, x, y);

        double apart = theirs.Zip(ours).Max(p => p.First.Zip(p.Second).Max(v => Math.Abs(v.First - v.Second)));
        double moved = theirs.Zip(start).Max(p => p.First.Zip(p.Second).Max(v => Math.Abs(v.First - v.Second)));
        output.WriteLine($"after {Steps} steps: loss {loss:G9} and {ownLoss:G9}, weights at most {apart:E2} apart, moved by up to {moved:F3}");
        Assert.True(moved > 0.05, $"moved by {moved}");
        Assert.InRange(apart, 0, 2e-5);
        Assert.Equal(ownLoss, loss, 1e-5);
    }

    private static (float[][] Weights, double Loss) Module(float[][] start, float[] x, float[] y)
    {
        using var scope = NewDisposeScope();
        var model = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 3));
        using (no_grad())
        {
            foreach (var (parameter, values) in model.parameters().Zip(start))
            {
                parameter.copy_(tensor(values).reshape(parameter.shape));
            }
        }

        using var optimizer = new Innaprop(model.parameters(), lr: 1e-3, alpha: 0.1, beta: 0.9);
        var (inputs, targets) = (tensor(x).reshape(64, 8), tensor(y).reshape(64, 3));
        double loss = 0;
        for (int step = 0; step < Steps; step++)
        {
            optimizer.zero_grad();
            using var value = nn.functional.mse_loss(model.forward(inputs), targets);
            value.backward();
            optimizer.step();
            loss = value.item<float>();
        }

        return (Values(model.parameters()), loss);
    }

    private static (float[][] Weights, double Loss) Ours(float[][] start, float[] x, float[] y)
    {
        var program = Program.Trace(
            [
                ("x", TensorType.Real(new Shape(64, 8))), ("y", TensorType.Real(new Shape(64, 3))),
                .. _shapes.Select((shape, i) => ($"w{i}", TensorType.Real(new Shape([.. shape.Select(n => (int)n)])))),
            ],
            v =>
            {
                var hidden = Functions.Relu(Functions.MatMul(v[0], v[2].Transpose()) + v[3]);
                return [("loss", Functions.Square(Functions.MatMul(hidden, v[4].Transpose()) + v[5] - v[1]).Mean())];
            });
        var gradient = program.Backprop(new BackpropOptions { WithRespectTo = ["w0", "w1", "w2", "w3"] });
        using var compiled = new LibTorchExecutor().Compile(gradient);
        TorchTensor[] weights = [.. start.Zip(_shapes).Select(p => TorchTensor.FromSpan<float>(p.First, p.Second))];
        TorchTensor[] inputs = [TorchTensor.FromSpan<float>(x, [64, 8]), TorchTensor.FromSpan<float>(y, [64, 3]), .. weights];
        using var pool = new WorkerPool(2);
        using var optimizer = new InnapropOptions { Alpha = 0.1, Beta = 0.9 }.Build(
            [.. weights.Select((w, i) => new ParameterSlot($"w{i}", w.DataPointer, w.ElementCount))], pool);
        double loss = 0;
        for (int step = 0; step < Steps; step++)
        {
            compiled.Run(inputs);
            loss = compiled.OutputScalar(0);
            optimizer.Step([.. Enumerable.Range(1, weights.Length).Select(compiled.OutputPointer)], Rate);
        }

        float[][] values = [.. weights.Select(w => w.ToArray<float>())];
        Array.ForEach(inputs, tensor => tensor.Dispose());
        return (values, loss);
    }
}

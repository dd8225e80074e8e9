using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Randomness;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Networks;

public class ConvolutionalStartTests
{
    // A gradient step of small length lowers the loss of the batch it is taken on: forward and backward agree.
    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData("vgg11-cifar", 0.05)]
    [InlineData("vgg11-bn-cifar", 0.05)]
    [InlineData("resnet18-cifar", 0.01)]
    [InlineData("resnet50-cifar", 0.001)]
    [InlineData("densenet121-cifar", 0.01)]
    public void AStepDownTheGradientLowersTheLoss(string name, double length)
    {
        var program = Models.Find(name).Build(4);
        using var parameters = new ParameterSet(program.Parameters, 1);
        using var compiled = new LibTorchExecutor().Compile(program.Gradient());
        var pixels = new float[4 * 3 * 32 * 32];
        new CounterRandom(2).FillNormal(pixels);
        using var images = TorchTensor.FromSpan<float>(pixels, [4, 3, 32, 32]);
        using var targets = TorchTensor.FromSpan<long>([1, 7, 3, 3], [4]);
        TorchTensor[] inputs = [images, targets, .. parameters.Tensors];
        var outputs = compiled.Call(inputs);
        double before = outputs[0].Item();
        double norm = Math.Sqrt(outputs.Skip(1).Sum(g => g.ToArray<float>().Sum(v => (double)v * v)));
        for (int i = 0; i < program.Parameters.Count; i++)
        {
            var gradient = outputs[i + 1].ToArray<float>();
            var values = parameters.Values(i);
            for (int k = 0; k < values.Length; k++)
            {
                values[k] -= (float)(length / norm) * gradient[k];
            }
        }

        foreach (var output in outputs)
        {
            output.Dispose();
        }

        compiled.Run(inputs);
        double gained = before - compiled.OutputScalar(0);
        Assert.InRange(gained, 0.7 * length * norm, 1.3 * length * norm);
    }
}

using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Tests.Execution;

public sealed class ConstantExecutionTests
{
    [Theory]
    [InlineData(Precision.Float64, 0.1, 2049)]
    [InlineData(Precision.Float32, 0.1f, 2049)]
    [InlineData(Precision.Float16, 0.0999755859375, 2048)]
    [InlineData(Precision.BFloat16, 0.10009765625, 2048)]
    public void ConstantsAndCastsAreRoundedToTheFormat(Precision precision, double tenth, double large)
    {
        var program = Program.Trace(
            [("x", TensorType.Real(new Shape(2)))],
            v =>
            {
                var builder = v[0].Builder;
                var constant = builder.Constant(Tensor.Of(new Shape(2), new[] { 0.1, 1 }));
                var indices = builder.Constant(Tensor.Of(new Shape(2), new[] { 2049L, 1 }));
                return [("constant", constant), ("cast", Functions.Cast(indices, ElementKind.Real)), ("sum", v[0] + constant)];
            });
        using var compiled = new LibTorchExecutor(new ExecutionOptions { Precision = precision }).Compile(program);
        Assert.Empty(compiled.HostNodes);
        using var x = TorchTensor.FromSpan<float>([0, 0], [2]);
        for (int run = 0; run < 3; run++)
        {
            compiled.Run(x);
            Assert.Equal([tenth, 1], Read(compiled, 0));
            Assert.Equal([large, 1], Read(compiled, 1));
            Assert.Equal([tenth, 1], Read(compiled, 2));
        }
    }

    private static double[] Read(CompiledProgram compiled, int output)
    {
        using var value = compiled.Peek(compiled.Program.Outputs[output].Value);
        using var wide = value.To(TorchDtype.Float64);
        return wide.ToArray<double>();
    }
}

using Nonsmooth.Evaluation;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Execution;

/// <summary>Runs programs that it compiles at their first run; between runs it holds no tensor.</summary>
internal sealed class CompiledRunner(ExecutionOptions options, TorchDtype storage) : IProgramRunner<TorchTensor>
{
    private readonly Dictionary<Program, CompiledProgram> _compiled = new(ReferenceEqualityComparer.Instance);

    public double UnitRoundoff => options.Precision.UnitRoundoff();

    public TorchTensor Zeros(TensorType type) =>
        new(TensorFactory.Zeros([.. type.Shape.Select(s => (long)s)], LoweringContext.Dtype(type.Kind, storage), options.Device));

    public IReadOnlyList<TorchTensor> Run(Program program, IReadOnlyList<TorchTensor> inputs)
    {
        if (!_compiled.TryGetValue(program, out var compiled))
        {
            _compiled.Add(program, compiled = new LibTorchExecutor(options).Compile(program));
        }

        try
        {
            return compiled.Call([.. inputs]);
        }
        finally
        {
            compiled.ReleaseValues();
        }
    }

    public double Read(TorchTensor scalar) => scalar.Item();
}

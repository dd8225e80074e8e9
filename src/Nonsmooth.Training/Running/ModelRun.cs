using Nonsmooth.Data.Arrays;
using Nonsmooth.Differentiation;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.ModelFiles;
using Nonsmooth.Training.Objectives;

namespace Nonsmooth.Training.Running;

/// <summary>How a model is run on arrays.</summary>
public sealed record ModelRunOptions
{
    /// <summary>What is measured of the outputs; null, the default, for nothing.</summary>
    public ValueLoss? Loss { get; init; }

    /// <summary>The array that the loss compares with. Default <c>target</c>.</summary>
    public string Target { get; init; } = "target";

    /// <summary>Whether the loss's gradient in every trained weight is computed. Default false.</summary>
    public bool Gradient { get; init; }

    /// <summary>The format of the arithmetic. Default 64 bits: what differs from another framework's answer is then that one's rounding.</summary>
    public Precision Precision { get; init; } = Precision.Float64;

    /// <summary>Bytes of memory that there are: a run that is foreseen to hold more is refused. Default null: what the machine has.</summary>
    public long? MachineMemory { get; init; }

    /// <summary>What holds at kinks.</summary>
    public Selection Selection { get; init; } = Selection.Default;
}

/// <summary>What a model gives on arrays.</summary>
/// <param name="Outputs">Its outputs, in its order.</param>
/// <param name="Loss">The loss; null where none was asked for.</param>
/// <param name="Gradients">The loss's gradients by the weights' names; empty where none were asked for.</param>
public sealed record ModelRun(IReadOnlyList<KeyValuePair<string, StoredTensor>> Outputs, double? Loss, IReadOnlyList<KeyValuePair<string, StoredTensor>> Gradients)
{
    private const string LossName = "loss";
    private const string Labels = "labels";

    /// <summary>Runs a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="binding">Where its inputs' arrays, and the loss's target, are looked up.</param>
    /// <param name="options">What is computed and how.</param>
    /// <exception cref="NonsmoothException">An array is missing or has another shape or type, or the loss does not fit the outputs.</exception>
    public static ModelRun Of(BoundModel model, Binding binding, ModelRunOptions options)
    {
        if (model.Refusal is { } refusal)
        {
            throw refusal;
        }

        var program = WithLoss(model, binding, options);
        if (options.Gradient)
        {
            program = program.Backprop(new BackpropOptions
            {
                Of = [LossName],
                WithRespectTo = [.. model.Weights.Where(w => w.IsTrained).Select(w => w.Name)],
                Selection = options.Selection,
            });
        }

        Foresight.Run(model.Name, program, options.Precision, options.MachineMemory);
        var weights = model.Weights.ToDictionary(w => w.Name, w => w.Elements, StringComparer.Ordinal);
        using var compiled = new LibTorchExecutor(new ExecutionOptions { Precision = options.Precision }).Compile(program);
        TorchTensor[] inputs = [.. program.Inputs.Select(i => weights.TryGetValue(i.Name, out var weight)
            ? TorchTensor.FromArray(weight, program.Types[i.Value].Shape)
            : Load(Required(model, binding, i.Name), i.Name, program.Types[i.Value]))];
        var outputs = compiled.Call(inputs);
        try
        {
            var stored = program.Outputs.Select((o, i) => KeyValuePair.Create(o.Name, Store(outputs[i], program.Types[o.Value].Kind))).ToList();
            double? loss = options.Loss is null ? null : stored.First(o => o.Key == LossName).Value.ToDoubles()[0];
            int values = model.Value.Outputs.Count;
            int lossAt = options.Loss is null ? -1 : 0;
            return new ModelRun(
                [.. stored.Skip(lossAt + 1).Take(values)], loss,
                [.. stored.Skip(lossAt + 1 + values).Select(g => KeyValuePair.Create(g.Key.StartsWith("grad.", StringComparison.Ordinal) ? g.Key[5..] : g.Key, g.Value))]);
        }
        finally
        {
            foreach (var tensor in inputs.Concat(outputs))
            {
                tensor.Dispose();
            }
        }
    }

    /// <summary>The program of a model's inputs, and of the target where the loss has one, to the loss and the outputs.</summary>
    /// <exception cref="NonsmoothException">The loss does not fit the outputs, or there is no array for the target.</exception>
    public static Program WithLoss(BoundModel model, Binding binding, ModelRunOptions options)
    {
        string target = options.Loss == ValueLoss.Own ? Labels : options.Target;
        if (options.Loss?.For(model) is not { } loss)
        {
            return options.Gradient ? throw new NonsmoothException("a gradient is of a loss: give one, as sum-squares") : model.Value;
        }

        var builder = new ProgramBuilder();
        var value = model.Value;
        var inputs = value.Inputs.Select(i => builder.Input(i.Name, value.Types[i.Value], i.Role)).ToArray();
        var outputs = value.Outputs.Zip(builder.Inline(value, inputs), (o, v) => (o.Name, v)).ToArray();
        (string, Variable)[] fields = [];
        if (loss.NeedsTarget)
        {
            var array = Required(model, binding, target);
            var type = array.IsReal ? TensorType.Real(ShapeOf(array)) : TensorType.Index(ShapeOf(array));
            fields = [(target, builder.Input(target, type, InputRole.Target))];
        }

        // A loss with a target is of the first output, as frameworks' heads are.
        var measured = loss.NeedsTarget ? outputs[..1] : [.. outputs.Where(o => !model.States.Contains(o.Name))];
        if (!measured.Any(o => o.v.Type.Kind == ElementKind.Real))
        {
            throw new NonsmoothException($"model '{model.Name}' puts out no real numbers: there is no loss of them");
        }

        return builder.Build([(LossName, loss.Of(new LossArguments(new NamedVariables("output", measured), new NamedVariables("field", fields)), target)), .. outputs]);
    }

    private static StoredTensor Required(BoundModel model, Binding binding, string name) => binding.Find(name)
        ?? throw new NonsmoothException($"there is no array '{name}' for model '{model.Name}', which takes {string.Join(", ", model.Inputs)}: the arrays are {(binding.Arrays.Count == 0 ? "none" : string.Join(", ", binding.Arrays.Keys))}");

    private static TorchTensor Load(StoredTensor array, string name, TensorType type)
    {
        if (!array.Shape.SequenceEqual(type.Shape.Select(s => (long)s)) || array.IsReal != (type.Kind == ElementKind.Real))
        {
            throw new NonsmoothException($"array '{name}' is {(array.IsReal ? "real" : "whole")} [{string.Join(", ", array.Shape)}], the model takes {type}");
        }

        return type.Kind switch
        {
            ElementKind.Real => TorchTensor.FromArray(array.ToDoubles(), type.Shape),
            ElementKind.Index => TorchTensor.FromArray(array.ToLongs(), type.Shape),
            _ => TorchTensor.FromArray(Array.ConvertAll(array.ToLongs(), v => v != 0), type.Shape),
        };
    }

    private static StoredTensor Store(TorchTensor tensor, ElementKind kind)
    {
        if (kind == ElementKind.Real)
        {
            using var wide = tensor.To(TorchDtype.Float64);
            return StoredTensor.Of<double>(wide.ToArray<double>(), tensor.Sizes);
        }

        return kind == ElementKind.Index ? StoredTensor.Of<long>(tensor.ToArray<long>(), tensor.Sizes) : StoredTensor.Of<bool>(tensor.ToArray<bool>(), tensor.Sizes);
    }

    private static Shape ShapeOf(StoredTensor array) => new([.. array.Shape.Select(s => checked((int)s))]);
}

using Nonsmooth.Arithmetic;
using Nonsmooth.Tensors;

namespace Nonsmooth.Programs;

/// <summary>An elementary function that is defined by a program over the dictionary (a program of level one).</summary>
/// <remarks>
/// One definition is its whole contract: value, derivatives, kinks and cost are those of the definition.
/// An executor may run it as one kernel. Differentiation writes it out first; backprop alone may take it whole,
/// where <see cref="HasVjp"/> says that its own vjp keeps less and is cheaper than that of its definition.
/// </remarks>
public abstract record CompositeFunction : ElementaryFunction
{
    private static readonly DefinitionCache _definitions = new();

    /// <summary>Whether backprop asks for <see cref="Vjp"/> instead of writing the function out. Default false.</summary>
    /// <remarks>Both must be the same linear map; forprop and functions inside the definition never ask.</remarks>
    public virtual bool HasVjp => false;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        var definition = Definition(arguments);
        return [.. definition.Outputs.Select(o => definition.Types[o.Value])];
    }

    /// <summary>The defining program for the given types of arguments; the latest some hundred are kept.</summary>
    public Program Definition(IReadOnlyList<TensorType> arguments) =>
        _definitions.Get(this, arguments, Trace);

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var types = arguments.Select(TypeOf<T>).ToArray();
        var definition = Definition(types).Flatten();
        var values = new Tensor?[definition.Types.Count];
        for (int i = 0; i < arguments.Count; i++)
        {
            values[definition.Inputs[i].Value] = arguments[i];
        }

        foreach (var node in definition.Nodes)
        {
            var results = node.Function.Evaluate<T>([.. node.Arguments.Select(a => values[a]!)]);
            for (int i = 0; i < results.Count; i++)
            {
                values[node.Results[i]] = results[i];
            }
        }

        return [.. definition.Outputs.Select(o => values[o.Value]!)];
    }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
        throw new InvalidOperationException($"{Name} is a composite: flatten the program before differentiating it");

    /// <inheritdoc/>
    /// <remarks>Only asked for where <see cref="HasVjp"/>; it must answer cotangents of all results.</remarks>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) =>
        throw new InvalidOperationException($"{Name} is a composite: flatten the program before differentiating it");

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
        Sum(arguments, static (f, types) => f.Count(types));

    /// <inheritdoc/>
    public override OperationCount UnitCount(IReadOnlyList<TensorType> arguments) =>
        Sum(arguments, static (f, types) => f.UnitCount(types));

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => new() { Kinks = new KinkStructure.Definition() };

    /// <summary>Writes the definition over variables of the argument types.</summary>
    protected abstract IReadOnlyList<Variable> Define(IReadOnlyList<Variable> arguments);

    private static TensorType TypeOf<T>(Tensor tensor)
        where T : struct => tensor switch
        {
            Tensor<T> => TensorType.Real(tensor.Shape),
            Tensor<long> => TensorType.Index(tensor.Shape),
            _ => TensorType.Boolean(tensor.Shape),
        };

    private OperationCount Sum(IReadOnlyList<TensorType> arguments, Func<ElementaryFunction, IReadOnlyList<TensorType>, OperationCount> count)
    {
        var definition = Definition(arguments);
        return definition.Nodes.Aggregate(
            OperationCount.Zero, (sum, node) => sum + count(node.Function, definition.ArgumentTypes(node)));
    }

    private Program Trace(IReadOnlyList<TensorType> arguments)
    {
        var builder = new ProgramBuilder();
        var inputs = arguments.Select((type, i) => builder.Input($"a{i}", type)).ToArray();
        return builder.Build(Define(inputs).Select((v, i) => ($"r{i}", v)));
    }
}

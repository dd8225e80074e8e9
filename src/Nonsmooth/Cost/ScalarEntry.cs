using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Cost;

/// <summary>A scalar function of the unit model: its name, arity, and what its derived program counts.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Arity">Number of arguments, n.</param>
/// <param name="Value">Operations of the value.</param>
/// <param name="Derived">Operations of the value and the partial derivatives together.</param>
public sealed record ScalarEntry(string Name, int Arity, OperationCount Value, OperationCount Derived)
{
    internal static ScalarEntry Of(ElementaryFunction function, int arity)
    {
        var scalar = (IScalarFunction)function;
        var types = Enumerable.Repeat(Tensors.TensorType.Real(Tensors.Shape.Scalar), arity).ToArray();
        var derived = Counted.Measure(() =>
        {
            Span<Counted> partials = new Counted[arity];
            scalar.Derive([.. Enumerable.Range(0, arity).Select(i => Counted.Variable(0.5 + i))], partials, Selection.Default);
        });
        return new ScalarEntry(function.Name, arity, function.Count(types), derived);
    }
}

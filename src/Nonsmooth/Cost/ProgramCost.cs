using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;

namespace Nonsmooth.Cost;

/// <summary>Counts of a program, without running it.</summary>
public static class ProgramCost
{
    /// <summary>Exactly the operations that evaluating the program makes.</summary>
    public static OperationCount Count(this Program program) =>
        Sum(program, static (function, types) => function.Count(types));

    /// <summary>The operations of the program's defining scalar program: what the unit model prices.</summary>
    public static OperationCount UnitCount(this Program program) =>
        Sum(program, static (function, types) => function.UnitCount(types));

    private static OperationCount Sum(
        Program program, Func<ElementaryFunction, IReadOnlyList<Tensors.TensorType>, OperationCount> count)
    {
        var total = OperationCount.Zero;
        foreach (var node in program.Nodes)
        {
            total += count(node.Function, program.ArgumentTypes(node));
        }

        return total;
    }
}

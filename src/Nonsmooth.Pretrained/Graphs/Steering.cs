using Nonsmooth.Dictionary;
using Nonsmooth.Pretrained.Archives;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Pretrained.Graphs;

/// <summary>Choices, loops, and graphs in graphs.</summary>
internal static class Steering
{
    public static IEnumerable<(string Name, Func<GraphCall, IReadOnlyList<object?>> Rule)> Rows =>
    [
        ("higher_order.cond", Cond), ("higher_order.while_loop", While),
        ("higher_order.wrap_with_set_grad_enabled", call => Wrapped(call, call[0] is not false)),
        ("higher_order.wrap_with_autocast", call => call.Importer.Inner(call.Graph(4), [.. call.Arguments.Skip(5)], call.Scope.Depth + 1)),
    ];

    private static IReadOnlyList<object?> Cond(GraphCall call)
    {
        IReadOnlyList<object?> operands = [.. call.Arguments.Skip(3).SelectMany(a => a as IReadOnlyList<object?> ?? [a])];
        IReadOnlyList<object?> Branch(int index)
        {
            using (call.Importer.Builder.Scope(index == 1 ? "then" : "else"))
            {
                return call.Importer.Inner(call.Graph(index), operands, call.Scope.Depth + 1);
            }
        }

        if (GraphCall.Number(call[0]) is { } known)
        {
            return Branch(known is true or not (false or 0L or 0.0) ? 1 : 2);
        }

        var (yes, no) = (Branch(1), Branch(2));
        var condition = Functions.Cast(call.Importer.AsVariable(call[0]), ElementKind.Boolean).Reshape(Shape.Scalar);
        call.Importer.Note(ArchiveNoteKind.Branch, call.Node.Name, "a choice on data: both branches are computed, and one is taken; where the condition changes the result jumps unless the branches agree");
        return [.. yes.Zip(no, (a, b) => Chosen(call, condition, a, b))];
    }

    private static object? Chosen(GraphCall call, Variable condition, object? a, object? b)
    {
        if (a is Lost || b is Lost)
        {
            return Lost.Instance;
        }

        if (a is null && b is null)
        {
            return null;
        }

        var (then, otherwise) = (call.Importer.AsVariable(a), call.Importer.AsVariable(b));
        if (!then.Shape.Equals(otherwise.Shape) || then.Type.Kind != otherwise.Type.Kind)
        {
            throw new ArchiveException($"its condition depends on data and its branches give {then.Type} and {otherwise.Type}: give the input that the condition follows from as a value");
        }

        if (then.Type.Kind == ElementKind.Real)
        {
            return Functions.Where(condition, then, otherwise);
        }

        var chosen = Functions.Where(condition, Functions.Cast(then, ElementKind.Real), Functions.Cast(otherwise, ElementKind.Real));
        return Functions.Cast(chosen, then.Type.Kind);
    }

    private static IReadOnlyList<object?> While(GraphCall call)
    {
        var (condition, body) = (call.Graph(0), call.Graph(1));
        var carried = call.List(2);
        var more = call[3] is null ? [] : call.List(3);
        while (true)
        {
            object? goesOn = call.Importer.Inner(condition, [.. carried, .. more], call.Scope.Depth + 1) is [var first, ..] ? GraphCall.Number(first) : null;
            switch (goesOn)
            {
                case null:
                    throw new ArchiveException("how often the loop runs depends on data, which a program cannot have: give the whole-number input that it follows from as a value");
                case false or 0L or 0.0:
                    return carried;
            }

            var next = call.Importer.Inner(body, [.. carried, .. more], call.Scope.Depth + 1);
            carried = next.Count == carried.Count ? next : throw new ArchiveException($"the loop carries {carried.Count} values and its body gives {next.Count}");
        }
    }

    // Without gradients what a graph computes is held fixed.
    private static IReadOnlyList<object?> Wrapped(GraphCall call, bool withGradients)
    {
        var results = call.Importer.Inner(call.Graph(1), [.. call.Arguments.Skip(2)], call.Scope.Depth + 1);
        return withGradients ? results : [.. results.Select(r => States.Detached(call, r))];
    }
}

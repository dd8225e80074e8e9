using System.Collections;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Compiled;

/// <summary>A function that only moves elements, as runs of them: found by evaluating it on steps that are elements.</summary>
internal sealed class Moves : IEnumerable<(int From, int To, int Length)>
{
    private readonly List<(int From, int To, int Length)> _runs = [];

    /// <summary>Results that are numbers of the function's own.</summary>
    public List<(int Element, double Value)> Constants { get; } = [];

    /// <summary>How many runs.</summary>
    public int Count => _runs.Count;

    /// <summary>A run: from which element of the arguments, one after another, to which element of the result, how many.</summary>
    public (int From, int To, int Length) this[int run] => _runs[run];

    /// <summary>The moves; null where the function does more than move.</summary>
    public static Moves? Of(ElementaryFunction function, Place[] arguments)
    {
        if (!TapedMasks.Moves(function) && Array.Exists(arguments, a => a.Type.Kind != ElementKind.Real))
        {
            return null;
        }

        var tape = new Tape();
        int before = 0;
        var starts = new HashSet<int>();
        var symbols = new Tensor[arguments.Length];
        for (int a = 0; a < symbols.Length; a++)
        {
            int start = before;
            starts.Add(start);
            symbols[a] = Tensor.Generate(arguments[a].Type.Shape, i => new Taped(tape.Write(new(TapeCode.Load, start + i))));
            before += arguments[a].Elements;
        }

        try
        {
            return Taped.On(tape, () => function.Evaluate<Taped>(symbols)) is [Tensor<Taped> result] ? Of(tape, result.Elements, starts) : null;
        }
        catch (NotTapedException)
        {
            return null;
        }
    }

    /// <summary>Where an element of the arguments lies.</summary>
    public static int Address(Place[] arguments, int element)
    {
        int a = 0;
        while (element >= arguments[a].Elements)
        {
            element -= arguments[a++].Elements;
        }

        return arguments[a].Address + element;
    }

    /// <inheritdoc/>
    public IEnumerator<(int From, int To, int Length)> GetEnumerator() => _runs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static Moves? Of(Tape tape, Taped[] elements, HashSet<int> starts)
    {
        var moves = new Moves();
        for (int i = 0; i < elements.Length; i++)
        {
            var step = tape[elements[i].Step];
            if (step.Code == TapeCode.Constant)
            {
                moves.Constants.Add((i, step.Number));
            }
            else if (step.Code != TapeCode.Load)
            {
                return null;
            }
            else if (moves._runs is [.., var last] && last.From + last.Length == step.A && last.To + last.Length == i && !starts.Contains(step.A))
            {
                moves._runs[^1] = last with { Length = last.Length + 1 };
            }
            else
            {
                moves._runs.Add((step.A, i, 1));
            }
        }

        return moves;
    }
}

using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Compiled;

/// <summary>The functions of masks, written down where a mask is known only when the program runs: a row each.</summary>
internal static class TapedMasks
{
    private static readonly Dictionary<Type, Rule> _rows = new()
    {
        [typeof(Compare)] = (tape, f, x, _) => Of(x[0], i => Compared(tape, ((Compare)f).Comparison, At(x[0], i), At(x[1], i))),
        [typeof(Logical)] = (tape, f, x, _) =>
        {
            var code = ((Logical)f).Operation == LogicalOperation.And ? TapeCode.And : TapeCode.Or;
            return Of(x[0], i => tape.Write(new(code, Mask(tape, x[0], i), Mask(tape, x[1], i))));
        },
        [typeof(LogicalNot)] = (tape, _, x, _) => Of(x[0], i => tape.Not(Mask(tape, x[0], i))),
        [typeof(Select)] = (tape, f, x, kind) => kind switch
        {
            ElementKind.Index => x[0] is Tensor<bool> ? f.Evaluate<Taped>(x) : null,
            ElementKind.Real => Of(x[1], i => tape.Select(Mask(tape, x[0], i), At(x[1], i), At(x[2], i))),
            _ => Of(x[1], i =>
            {
                int mask = Mask(tape, x[0], i);
                int yes = tape.Write(new(TapeCode.And, mask, Mask(tape, x[1], i)));
                return tape.Write(new(TapeCode.Or, yes, tape.Write(new(TapeCode.And, tape.Not(mask), Mask(tape, x[2], i)))));
            }),
        },
        [typeof(Cast)] = (tape, f, x, _) => (x[0], ((Cast)f).To) switch
        {
            (Tensor<long> or Tensor<bool>, _) => f.Evaluate<Taped>(x),
            (_, ElementKind.Index) => null,
            (_, ElementKind.Real) => Of(x[0], i => tape.Select(Mask(tape, x[0], i), tape.Constant(1), 0)),
            _ => Of(x[0], i => tape.Not(tape.Write(new(TapeCode.Equal, At(x[0], i), 0)))),
        },
    };

    /// <summary>Writes down results, told the kind of the last argument; null where they are indices that are not known.</summary>
    public delegate IReadOnlyList<Tensor>? Rule(Tape tape, ElementaryFunction function, Tensor[] arguments, ElementKind last);

    /// <summary>The row of a function; null for none.</summary>
    public static Rule? Of(ElementaryFunction function) => _rows.GetValueOrDefault(function.GetType());

    /// <summary>Whether a function does nothing but move elements, whatever they are.</summary>
    public static bool Moves(ElementaryFunction function) => function is LinearFunction;

    private static Tensor[] Of(Tensor like, Func<int, int> element) => [Tensor.Generate(like.Shape, i => new Taped(element(i)))];

    private static int At(Tensor x, int element) => ((Tensor<Taped>)x)[element].Step;

    private static int Mask(Tape tape, Tensor x, int element)
    {
        if (x is Tensor<bool> known)
        {
            return tape.Mask(known[element]);
        }

        // What moves pad with the number 0, as a mask nothing.
        int step = At(x, element);
        return step == 0 ? tape.Mask(false) : step;
    }

    private static int Compared(Tape tape, Comparison comparison, int a, int b) => comparison switch
    {
        Comparison.Less => tape.Write(new(TapeCode.Less, a, b)),
        Comparison.LessEqual => tape.Write(new(TapeCode.LessEqual, a, b)),
        Comparison.Equal => tape.Write(new(TapeCode.Equal, a, b)),
        Comparison.NotEqual => tape.Not(tape.Write(new(TapeCode.Equal, a, b))),
        Comparison.Greater => tape.Write(new(TapeCode.Less, b, a)),
        _ => tape.Write(new(TapeCode.LessEqual, b, a)),
    };
}

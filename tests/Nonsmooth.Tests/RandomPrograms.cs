using CsCheck;

namespace Nonsmooth.Tests;

/// <summary>Random programs of scalars over the primitive functions.</summary>
internal static class RandomPrograms
{
    private static readonly Func<Variable, Variable>[] _unary =
    [
        x => Add(x, 1.5), x => Scale(x, -0.75), Relu, Functions.Abs, Exp, Tanh, Sigmoid, Sin,
        x => Reciprocal(Add(Square(x), 1)), x => Log(Add(Square(x), 1)), x => Sqrt(Add(Square(x), 1)),
    ];

    private static readonly Func<Variable, Variable, Variable>[] _binary =
    [
        Add, Subtract, Multiply, Maximum, Minimum, (a, b) => Divide(a, Add(Square(b), 2)),
    ];

    public static Gen<Program> Gen { get; } =
        from inputs in CsCheck.Gen.Int[1, 6]
        from steps in CsCheck.Gen.Int[0, 1 << 20].Array[1, 40]
        select Build(inputs, steps);

    private static Program Build(int inputs, int[] steps)
    {
        var builder = new ProgramBuilder();
        var values = new List<Variable>();
        for (int i = 0; i < inputs; i++)
        {
            values.Add(builder.Input($"x{i}", Shape.Scalar));
        }

        foreach (int step in steps)
        {
            var a = values[step % values.Count];
            var b = values[(step / 64) % values.Count];
            int choice = (step / 4096) % (_unary.Length + (2 * _binary.Length));
            var next = choice < _unary.Length
                ? _unary[choice](a)
                : _binary[(choice - _unary.Length) % _binary.Length](a, b);

            // Keeps values of long programs finite.
            values.Add(choice < _unary.Length && choice == 4 ? Tanh(next) : next);
        }

        return builder.Build([("value", values[^1])]).Prune();
    }
}

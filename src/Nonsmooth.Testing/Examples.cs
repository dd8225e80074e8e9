using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Testing;

/// <summary>Points at which a function of a dictionary can be tried.</summary>
public static class Examples
{
    /// <summary>The function as a program of its own: inputs <c>a0</c>, <c>a1</c>, …, outputs <c>r0</c>, <c>r1</c>, ….</summary>
    public static Program Program(DictionaryRow row)
    {
        var builder = new ProgramBuilder();
        var inputs = row.Arguments.Select((a, i) => builder.Input($"a{i}", a.Type)).ToArray();
        return builder.Build(builder.ApplyAll(row.Function, inputs).Select((r, i) => ($"r{i}", r)));
    }

    /// <summary>Arguments drawn inside their ranges, as the interpreter takes them; those that are results of a function are computed.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="random">The source of the draw.</param>
    /// <param name="round">Maps each real drawn for an argument to the one to take, as to a number of a format; null takes it as it is.</param>
    public static Array[] Draw(IReadOnlyList<ExampleArgument> arguments, Random random, Func<ExampleArgument, double, double>? round = null)
    {
        var drawn = new List<Array>();
        foreach (var argument in arguments)
        {
            drawn.Add(argument.Function is { } function
                ? Computed(new DictionaryRow(function, [.. arguments.Take(drawn.Count)]), drawn, argument.Result)
                : Draw(argument, random, round ?? ((_, x) => x)));
        }

        return [.. drawn];
    }

    /// <summary>Arguments of a row, drawn from a seed.</summary>
    public static Array[] Draw(DictionaryRow row, int seed) => Draw(row.Arguments, new Random(seed));

    private static Array Draw(ExampleArgument argument, Random random, Func<ExampleArgument, double, double> round)
    {
        var positions = Enumerable.Range(0, argument.Type.Shape.Elements);
        return argument.Type.Kind switch
        {
            ElementKind.Real => positions
                .Select(_ => round(argument, argument.Low + ((argument.High - argument.Low) * random.NextDouble()))).ToArray(),
            ElementKind.Index => positions.Select(_ => random.NextInt64((long)argument.Low, (long)argument.High)).ToArray(),
            _ => positions.Select(_ => random.Next(2) == 1).ToArray(),
        };
    }

    private static Array Computed(DictionaryRow row, IReadOnlyList<Array> arguments, int result) =>
        Interpreter.Run<Float64>(Program(row), arguments)[result] switch
        {
            Tensor<double> reals => reals.Elements,
            Tensor<long> indices => indices.Elements,
            var mask => ((Tensor<bool>)mask).Elements,
        };
}

using Real = global::Nonsmooth.Arithmetic.Rounded<global::Nonsmooth.Arithmetic.Float64>;

namespace Nonsmooth.Tests.Dictionary.Reductions;

/// <summary>Evaluates a function and its rules on small tensors, in double precision.</summary>
internal static class Probe
{
    public static Tensor Reals(Shape shape, params double[] values) =>
        Tensor.Of(shape, values.Select(Real.FromDouble).ToArray());

    public static Tensor Indices(Shape shape, params long[] values) => Tensor.Of(shape, values);

    public static Tensor Mask(Shape shape, params bool[] values) => Tensor.Of(shape, values);

    public static Tensor Random(Shape shape, int seed)
    {
        var random = new Random(seed);
        return Tensor.Generate(shape, _ => Real.FromDouble((random.NextDouble() * 4) - 2));
    }

    public static double[] Numbers(Tensor? tensor) => tensor switch
    {
        null => [],
        Tensor<Real> reals => [.. reals.Elements.Select(Real.ToDouble)],
        Tensor<long> indices => [.. indices.Elements.Select(i => (double)i)],
        _ => [.. ((Tensor<bool>)tensor).Elements.Select(b => b ? 1.0 : 0)],
    };

    public static double[] Value(ElementaryFunction function, params Tensor[] arguments) => Numbers(Values(function, arguments)[0]);

    public static IReadOnlyList<Tensor> Values(ElementaryFunction function, params Tensor[] arguments)
    {
        var types = function.InferTypes([.. arguments.Select(TypeOf)]);
        var results = function.Evaluate<Real>(arguments);
        Assert.Equal(types, results.Select(TypeOf));
        return results;
    }

    /// <summary>The tangent of the first result; empty when it is zero by rule.</summary>
    public static double[] Jvp(ElementaryFunction function, Selection selection, Tensor[] arguments, Tensor?[] tangents)
    {
        var (program, inputs) = Derive(function, selection, arguments, tangents, true);
        return Numbers(Run(program, inputs)[0]);
    }

    /// <summary>The cotangents of the arguments; empty where zero by rule.</summary>
    public static double[][] Vjp(ElementaryFunction function, Selection selection, Tensor[] arguments, Tensor cotangent)
    {
        var (program, inputs) = Derive(function, selection, arguments, [cotangent], false);
        return [.. Run(program, inputs).Select(Numbers)];
    }

    /// <summary>Jvp against central differences, and vjp against jvp, in random directions.</summary>
    public static void Agree(ElementaryFunction function, Selection selection, params Tensor[] arguments)
    {
        const double Step = 1e-6;
        Tensor?[] tangents = [.. arguments.Select((a, i) => a is Tensor<Real> ? Random(a.Shape, 100 + i) : null)];
        var jvp = Jvp(function, selection, arguments, tangents);
        var above = Value(function, Moved(arguments, tangents, Step));
        var below = Value(function, Moved(arguments, tangents, -Step));
        Assert.Equal(above.Length, jvp.Length);
        for (int i = 0; i < jvp.Length; i++)
        {
            double difference = (above[i] - below[i]) / (2 * Step);
            Assert.True(Math.Abs(difference - jvp[i]) <= 1e-7 * (1 + Math.Abs(jvp[i])), $"{function}: jvp {jvp[i]}, difference {difference}");
        }

        Adjoint(function, selection, arguments);
    }

    /// <summary>Vjp against jvp by the inner-product identity.</summary>
    public static void Adjoint(ElementaryFunction function, Selection selection, params Tensor[] arguments)
    {
        Tensor?[] tangents = [.. arguments.Select((a, i) => a is Tensor<Real> ? Random(a.Shape, 200 + i) : null)];
        var jvp = Jvp(function, selection, arguments, tangents);
        var cotangent = Random(Values(function, arguments)[0].Shape, 300);
        var vjp = Vjp(function, selection, arguments, cotangent);
        double left = Numbers(cotangent).Zip(jvp, (a, b) => a * b).Sum();
        double right = vjp.Select((v, i) => v.Zip(Numbers(tangents[i]), (a, b) => a * b).Sum()).Sum();
        Assert.True(Math.Abs(left - right) <= 1e-11 * (1 + Math.Abs(left)), $"{function}: {left} and {right}");
    }

    /// <summary>The stated count is what the counting scalar counts.</summary>
    public static void Counts(ElementaryFunction function, params Tensor[] arguments)
    {
        Tensor[] counted = [.. arguments.Select(a => a is Tensor<Real> reals
            ? Tensor.Of(reals.Shape, reals.Elements.Select(e => Counted.Variable(Real.ToDouble(e))).ToArray())
            : a)];
        var measured = Counted.Measure(() => function.Evaluate<Counted>(counted));
        Assert.Equal(function.Count([.. arguments.Select(TypeOf)]), measured);
    }

    /// <summary>How many operations the derivative's own nodes make, by their stated counts.</summary>
    public static OperationCount CotangentCost(ElementaryFunction function, Selection selection, params Tensor[] arguments)
    {
        var cotangent = Random(Values(function, arguments)[0].Shape, 1);
        var (program, _) = Derive(function, selection, arguments, [cotangent], false);
        return program.Nodes.Aggregate(OperationCount.Zero, (sum, n) => sum + n.Function.Count(program.ArgumentTypes(n)));
    }

    private static (Program Program, List<Tensor> Inputs) Derive(
        ElementaryFunction function, Selection selection, Tensor[] arguments, Tensor?[] directions, bool forward)
    {
        var builder = new ProgramBuilder();
        var inputs = new List<Tensor>(arguments);
        Variable[] primals = [.. arguments.Select((a, i) => builder.Input($"x{i}", TypeOf(a)))];
        var results = builder.ApplyAll(function, primals);
        var given = new Variable?[forward ? arguments.Length : results.Count];
        for (int i = 0; i < directions.Length; i++)
        {
            if (directions[i] is { } direction)
            {
                given[i] = builder.Input($"d{i}", TypeOf(direction));
                inputs.Add(direction);
            }
        }

        var at = new Derivation(builder, primals, results, [.. arguments.Select(a => a is Tensor<Real>)], selection);
        var derived = forward ? function.Jvp(at, given) : function.Vjp(at, given);
        Assert.Equal(forward ? results.Count : arguments.Length, derived.Count);
        var none = builder.Input("none", Shape.Scalar);
        inputs.Add(Reals(Shape.Scalar, double.NaN));
        for (int i = 0; i < derived.Count; i++)
        {
            Assert.True(derived[i] is null || derived[i]!.Type == (forward ? results[i] : primals[i]).Type);
        }

        return (builder.Build(derived.Select((d, i) => ($"r{i}", d ?? none))), inputs);
    }

    private static Tensor?[] Run(Program program, List<Tensor> inputs)
    {
        var values = new Tensor?[program.Types.Count];
        for (int i = 0; i < inputs.Count; i++)
        {
            values[program.Inputs[i].Value] = inputs[i];
        }

        foreach (var node in program.Nodes)
        {
            var results = node.Function.Evaluate<Real>([.. node.Arguments.Select(a => values[a]!)]);
            for (int i = 0; i < results.Count; i++)
            {
                values[node.Results[i]] = results[i];
            }
        }

        int none = program.Input("none").Value;
        return [.. program.Outputs.Select(o => o.Value == none ? null : values[o.Value])];
    }

    private static Tensor[] Moved(Tensor[] arguments, Tensor?[] tangents, double step) =>
    [
        .. arguments.Select((a, i) => tangents[i] is { } t
            ? Reals(a.Shape, [.. Numbers(a).Zip(Numbers(t), (x, d) => x + (step * d))])
            : a),
    ];

    private static TensorType TypeOf(Tensor tensor) => tensor switch
    {
        Tensor<Real> => TensorType.Real(tensor.Shape),
        Tensor<long> => TensorType.Index(tensor.Shape),
        _ => TensorType.Boolean(tensor.Shape),
    };
}

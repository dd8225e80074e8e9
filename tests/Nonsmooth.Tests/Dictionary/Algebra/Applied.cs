using Real = global::Nonsmooth.Arithmetic.Rounded<global::Nonsmooth.Arithmetic.Float64>;

namespace Nonsmooth.Tests.Dictionary.Algebra;

/// <summary>One function applied to given tensors: its value, its derivatives evaluated, and checks of them.</summary>
internal sealed class Applied(ElementaryFunction function, params Tensor[] arguments)
{
    public static Tensor<Real> Reals(Shape shape, params double[] elements) =>
        new(shape, [.. elements.Select(Real.FromDouble)]);

    /// <summary>Distinct values of both signs without a pattern.</summary>
    public static Tensor<Real> Varied(int seed, params int[] sizes)
    {
        var random = new Random(seed);
        return Tensor.Generate(new Shape(sizes), _ => Real.FromDouble((2 * random.NextDouble()) - 1));
    }

    public static double[] Doubles(Tensor tensor) => tensor is Tensor<long> indices
        ? [.. indices.Elements.Select(i => (double)i)]
        : [.. ((Tensor<Real>)tensor).Elements.Select(Real.ToDouble)];

    public static IReadOnlyList<Tensor> Run(Program program, params Tensor[] inputs)
    {
        var values = new Tensor?[program.Types.Count];
        for (int i = 0; i < inputs.Length; i++)
        {
            values[program.Inputs[i].Value] = inputs[i];
        }

        foreach (var node in program.Flatten().Nodes)
        {
            var results = node.Function.Evaluate<Real>([.. node.Arguments.Select(a => values[a]!)]);
            for (int i = 0; i < results.Count; i++)
            {
                Assert.Equal(program.Types[node.Results[i]].Shape, results[i].Shape);
                values[node.Results[i]] = results[i];
            }
        }

        return [.. program.Outputs.Select(o => values[o.Value]!)];
    }

    public double[] Value() => Doubles(function.Evaluate<Real>(arguments)[0]);

    public Shape ResultShape => function.InferTypes(Types)[0].Shape;

    /// <summary>The tangent of the first result.</summary>
    public double[] Jvp(Tensor?[] tangents, Selection? selection = null)
    {
        var (builder, at) = Derivation(selection);
        var variables = tangents.Select((t, i) => t is null ? null : builder.Input($"t{i}", t.Shape)).ToArray();
        var tangent = function.Jvp(at, variables)[0];
        return tangent is null
            ? new double[ResultShape.Elements]
            : Doubles(Run(builder.Build([("y", tangent)]), [.. arguments, .. tangents.OfType<Tensor>()])[0]);
    }

    /// <summary>The cotangents of the arguments, from one of the first result; null where there is none.</summary>
    public double[]?[] Vjp(Tensor cotangent, Selection? selection = null)
    {
        var program = VjpProgram(selection, out var present);
        var outputs = Run(program, [.. arguments, cotangent]);
        int next = 0;
        return [.. present.Select(p => p ? Doubles(outputs[next++]) : null)];
    }

    public Program VjpProgram(Selection? selection, out bool[] present)
    {
        var (builder, at) = Derivation(selection);
        var g = builder.Input("g", ResultShape);
        var cotangents = function.Vjp(at, [g, .. at.Results.Skip(1).Select(_ => (Variable?)null)]);
        present = [.. cotangents.Select(c => c is not null)];
        return builder.Build(cotangents.Select((c, i) => ($"c{i}", c)).Where(p => p.c is not null).Select(p => (p.Item1, p.c!)));
    }

    /// <summary>Jvp against central differences, vjp against jvp, for every real argument that has a derivative.</summary>
    public void CheckDerivatives(Selection? selection = null, params int[] constant)
    {
        var cotangent = Varied(99, [.. ResultShape]);
        var vjp = Vjp(cotangent, selection);
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] is not Tensor<Real> argument || constant.Contains(i))
            {
                Assert.Null(vjp[i]);
                continue;
            }

            var direction = Varied(100 + i, [.. argument.Shape]);
            var tangents = new Tensor?[arguments.Length];
            tangents[i] = direction;
            var jvp = Jvp(tangents, selection);
            var (ahead, behind) = (Moved(i, direction, 1e-5).Value(), Moved(i, direction, -1e-5).Value());
            for (int j = 0; j < jvp.Length; j++)
            {
                Assert.Equal((ahead[j] - behind[j]) / 2e-5, jvp[j], 1e-7);
            }

            Assert.Equal(Inner(jvp, Doubles(cotangent)), Inner(vjp[i]!, Doubles(direction)), 1e-10);
        }
    }

    /// <summary>The closed formula against the instrumented scalar.</summary>
    public void CheckCount()
    {
        Tensor[] counted = [.. arguments.Select(a => a is Tensor<Real> reals
            ? new Tensor<Counted>(a.Shape, [.. reals.Elements.Select(e => Counted.Variable(Real.ToDouble(e)))])
            : a)];
        Assert.Equal(function.Count(Types).ToString(), Counted.Measure(() => function.Evaluate<Counted>(counted)).ToString());
    }

    public TensorType[] Types => [.. arguments.Select(a => a is Tensor<long> ? TensorType.Index(a.Shape) : TensorType.Real(a.Shape))];

    private static double Inner(double[] a, double[] b)
    {
        Assert.Equal(a.Length, b.Length);
        return a.Zip(b, (x, y) => x * y).Sum();
    }

    private Applied Moved(int argument, Tensor<Real> direction, double step)
    {
        var moved = (Tensor[])arguments.Clone();
        var from = (Tensor<Real>)arguments[argument];
        moved[argument] = Tensor.Generate(from.Shape, i => from[i] + (Real.FromDouble(step) * direction[i]));
        return new Applied(function, moved);
    }

    private (ProgramBuilder Builder, Derivation At) Derivation(Selection? selection)
    {
        var builder = new ProgramBuilder();
        var inputs = Types.Select((t, i) => builder.Input($"a{i}", t)).ToArray();
        var results = builder.ApplyAll(function, inputs);
        bool[] active = [.. Types.Select(t => t.Kind == ElementKind.Real)];
        return (builder, new Derivation(builder, inputs, results, active, selection ?? Selection.Default));
    }
}

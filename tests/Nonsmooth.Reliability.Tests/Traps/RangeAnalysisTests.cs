using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Traps;
using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.Functions;
using static Nonsmooth.Dictionary.VariableExtensions;

namespace Nonsmooth.Reliability.Tests.Traps;

public class RangeAnalysisTests
{
    private static readonly ValueRange[] _boxes =
        [new(-2, 2), new(0, 3), new(0.5, 2), new(-3, -0.5), new(-1000, 1000), new(0, 0), new(0, 1000), new(-0.5, 0), new(1, 1)];

    public static TheoryData<string> Functions =>
        [.. StandardDictionary.Rows.Select(r => r.ToString()).Distinct()];

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Functions))]
    public void What_a_function_gives_lies_in_its_range(string name)
    {
        var random = new Random(7);
        foreach (var row in StandardDictionary.Rows.Where(r => r.ToString() == name))
        {
            var builder = new ProgramBuilder();
            var variables = row.Arguments.Select((a, i) => builder.Input($"x{i}", a.Type)).ToArray();
            var program = builder.Build([("y", builder.ApplyAll(row.Function, variables)[0])]).Flatten();
            foreach (var box in _boxes)
            {
                var declared = program.Inputs.Where(i => program.Types[i.Value].Kind == ElementKind.Real).ToDictionary(i => i.Name, _ => box);
                var range = RangeAnalysis.Of(program, new(program), TrapFormat.Float64, declared)[program.Outputs[0].Value];
                for (int draw = 0; draw < 5; draw++)
                {
                    Array[] inputs = [.. row.Arguments.Select(a => Draw(random, a, box))];
                    if (Interpreter.Run<Float64>(program, inputs)[0] is Tensor<double> result)
                    {
                        Assert.All(result.Elements.Where(x => !double.IsNaN(x)), x => Assert.True(Holds(range, x), $"{row} on {box}: {x} is not in {range}"));
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("hump", 0, 1)]
    [InlineData("dive", -1, double.PositiveInfinity)]
    [InlineData("between", -1, 1)]
    public void A_function_of_ones_own_has_the_range_of_its_rule(string name, double low, double high)
    {
        ElementaryFunction function = name switch
        {
            "hump" => new Unary<Hump>(default),
            "dive" => new Unary<Dive>(default),
            _ => new Unary<Between>(default),
        };
        foreach (var format in new[] { TrapFormat.Float64, TrapFormat.Float16 })
        {
            var range = Output(x => x.Builder.Apply(function, x), format);
            Assert.Equal((low, high), (range.Low, range.High));
        }

        var random = new Random(3);
        var program = Program.Trace(x => x.Builder.Apply(function, x), new Shape(4));
        foreach (var box in _boxes)
        {
            var range = RangeAnalysis.Of(program, new(program), TrapFormat.Float64, new Dictionary<string, ValueRange> { ["x"] = box })[program.Outputs[0].Value];
            Array[] inputs = [Draw(random, ExampleArgument.Reals(new Shape(4)), box)];
            Assert.All(((Tensor<double>)Interpreter.Run<Float64>(program, inputs)[0]).Elements, x => Assert.True(Holds(range, x), $"{name} on {box}: {x} is not in {range}"));
        }
    }

    // A sigmoid written by hand in one rule: in 32 bits it is 0 where its exponential overflows, and so is what a logarithm then takes.
    [Fact]
    public void An_overflow_inside_a_rule_of_ones_own_is_seen()
    {
        static Variable Own(Variable x) => x.Builder.Apply(new Unary<Logistic>(default), x);
        Assert.Equal(new ValueRange(0, 1), Output(Own));
        Assert.Equal("log-at-zero", Assert.Single(TrapLint.Of(Program.Trace(x => Log(Own(x)), new Shape(4)))).Kind);
        Assert.Empty(TrapLint.Of(Program.Trace(x => Log(Own(x) + 1e-3), new Shape(4))));
    }

    [Fact]
    public void A_mask_narrows_the_branch_it_selects()
    {
        Assert.False(Output(x => Where(Greater(x, 0), x, 1)).Contains(0));
        Assert.Equal(2, Output(x => Where(Less(x, 2), 5, x)).Low);
        Assert.False(Output(x => Where(Not(Equal(x, 0)), x, 1)).Contains(0));
        Assert.False(Output(x => Where(Or(LessEqual(x, 0), Greater(x, 9)), 1, x)).Contains(0));
        Assert.True(Output(x => Where(GreaterEqual(x, 0), x, 1)).Contains(0));
        Assert.True(Output(x => Where(Greater(x, -1), x, 1)).Contains(0));
    }

    [Fact]
    public void A_sum_of_shifted_exponentials_is_at_least_one()
    {
        Assert.Equal(1, Output(x => Exp(x - x.Max(true, 0)).Sum(0)).Low);
        Assert.Equal(0, Output(x => Exp(x - x.Min(true, 0)).Sum(0)).Low);
        Assert.Equal(0, Output(x => x - x.Max(true, 0)).High);
    }

    [Fact]
    public void An_epsilon_is_rounded_to_the_format()
    {
        Assert.Equal(0, Output(x => Square(x) + 1e-8, TrapFormat.Float16).Low);
        Assert.True(Output(x => Square(x) + 1e-8, TrapFormat.BFloat16).Low > 0);
        Assert.Equal(0, Output(x => 1 - Clamp(x, 1e-8, 1 - 1e-8), TrapFormat.Float32).Low);
        Assert.True(Output(x => 1 - Clamp(x, 1e-8, 1 - 1e-8), TrapFormat.Float64).Low > 0);
    }

    private static ValueRange Output(Func<Variable, Variable> function, TrapFormat? format = null)
    {
        var program = Program.Trace(x => function(x), new Shape(4));
        return RangeAnalysis.Of(program, new(program), format ?? TrapFormat.Float32, new Dictionary<string, ValueRange>())[program.Outputs[0].Value];
    }

    private static bool Holds(ValueRange range, double x)
    {
        double slack = double.IsFinite(x) ? 1e-9 * Math.Max(1, Math.Abs(x)) : 0;
        return range.Low - slack <= x && x <= range.High + slack && !(x == 0 && range.NonZero)
            && (double.IsFinite(x) || range.Infinite || range.Overflows || !double.IsFinite(range.Low) || !double.IsFinite(range.High));
    }

    private static Array Draw(Random random, ExampleArgument argument, ValueRange box)
    {
        int count = argument.Type.Shape.Elements;
        return argument.Type.Kind switch
        {
            ElementKind.Real => Enumerable.Range(0, count).Select(_ => random.Next(4) switch
            {
                0 => box.Low,
                1 => box.High,
                _ => box.Low + ((box.High - box.Low) * random.NextDouble()),
            }).ToArray(),
            ElementKind.Index => Enumerable.Range(0, count).Select(_ => random.NextInt64((long)argument.Low, (long)argument.High)).ToArray(),
            _ => Enumerable.Range(0, count).Select(_ => random.Next(2) == 0).ToArray(),
        };
    }

    private readonly record struct Hump : IUnary
    {
        public string Name => "hump";

        public T Value<T>(T x)
            where T : IScalar<T> => T.FromDouble(1) / (T.FromDouble(1) + (x * x));
    }

    // The branch's sides are looked at where they are taken.
    private readonly record struct Dive : IUnary
    {
        public string Name => "dive";

        public T Value<T>(T x)
            where T : IScalar<T> => T.Branch(x, 0, T.ExpM1(x), T.FromDouble(0), x + x);
    }

    private readonly record struct Between : IUnary
    {
        public string Name => "between";

        public T Value<T>(T x)
            where T : IScalar<T> => T.Max(T.Min(x, T.FromDouble(1)), T.FromDouble(-1));
    }

    private readonly record struct Logistic : IUnary
    {
        public string Name => "logistic";

        public T Value<T>(T x)
            where T : IScalar<T> => T.Inverse(T.FromDouble(1) + T.Exp(-x));
    }
}

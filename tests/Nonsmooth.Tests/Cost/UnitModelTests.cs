namespace Nonsmooth.Tests.Cost;

public sealed class UnitModelTests
{
    private static readonly Shape _one = Shape.Scalar;

    public static TheoryData<string, double, double, double> TableA => new()
    {
        { "a(b+c)", 2, 10, 20 },
        { "ab+ac", 3, 15, 30 },
        { "(a+b)(c+d)", 3, 15, 39 },
    };

    [Theory]
    [MemberData(nameof(TableA))]
    public void TableAIsReproduced(string expression, double value, double backprop, double forprop)
    {
        var program = expression switch
        {
            "a(b+c)" => Program.Trace((a, b, c) => a * (b + c), _one, _one, _one),
            "ab+ac" => Program.Trace((a, b, c) => (a * b) + (a * c), _one, _one, _one),
            _ => Program.Trace((a, b, c, d) => (a + b) * (c + d), _one, _one, _one, _one),
        };
        var model = new UnitModel(1);

        Assert.Equal(value, model.Cost(program));
        Assert.Equal(backprop, model.Backprop(program));
        Assert.Equal(forprop, model.Forprop(program, program.Inputs.Count));
        Assert.Equal(5, model.Bound(program, 1).OmegaB);
    }

    // Specification 2.3: (cost(gd) + 2n)/cost(g) for each function, as functions of c.
    public static TheoryData<ScalarOperation, string> Table23 => new()
    {
        { ScalarOperation.Add, "5" },
        { ScalarOperation.Multiply, "5" },
        { ScalarOperation.AddConstant, "3" },
        { ScalarOperation.MultiplyConstant, "3" },
        { ScalarOperation.Compare, "3" },
        { ScalarOperation.Maximum, "5" },
        { ScalarOperation.Inverse, "1+4/c" },
        { ScalarOperation.Exp, "1+2/c" },
        { ScalarOperation.Log, "2+2/c" },
        { ScalarOperation.Sqrt, "1+4/c" },
        { ScalarOperation.Tanh, "1+4/c" },
        { ScalarOperation.Sigmoid, "1+4/c" },
    };

    [Theory]
    [MemberData(nameof(Table23))]
    public void OmegaOfEachFunctionIsThatOfTheTable(ScalarOperation kind, string formula)
    {
        foreach (double c in new double[] { 1, 2, 5, 10, 20 })
        {
            double expected = formula switch
            {
                "5" => 5,
                "3" => 3,
                "1+4/c" => 1 + (4 / c),
                "1+2/c" => 1 + (2 / c),
                _ => 2 + (2 / c),
            };
            var bound = new UnitModel(c).Bound([UnitModel.Primitives[kind]], 7);
            Assert.Equal(expected, bound.OmegaB, 12);
            int n = UnitModel.Primitives[kind].Arity;
            double forward = (expected * new UnitModel(c).Cost(kind)) - (2 * n) + (7 * ((2 * n) - 1));
            Assert.Equal(forward / new UnitModel(c).Cost(kind), bound.OmegaF, 12);
        }
    }

    // What the bound 5 leaves out: at c = 1 a^b has 13, erf 7 and a quotient 4.5, each counted from its own rule.
    [Theory]
    [InlineData(ScalarOperation.Power, 3, 10, 1, 0)]
    [InlineData(ScalarOperation.Divide, 2, 7, 1, 1)]
    [InlineData(ScalarOperation.Erf, 2, 5, 1, 0)]
    [InlineData(ScalarOperation.Sine, 2, 2, 1, 0)]
    [InlineData(ScalarOperation.Round, 0, 3, 0, 1)]
    public void FunctionsOutsideTheTableHaveRatiosOfTheirOwn(ScalarOperation kind, double above, double rest, double below, double one)
    {
        foreach (double c in new double[] { 1, 2, 5, 10, 20 })
        {
            Assert.Equal(((above * c) + rest) / ((below * c) + one), new UnitModel(c).Bound([UnitModel.Primitives[kind]], 1).OmegaB, 12);
        }
    }

    [Fact]
    public void TheBoundOfAProgramIsThatOfItsOwnFunctions()
    {
        var power = Program.Trace(Pow, _one, _one);
        Assert.Equal(13, new UnitModel(1).Bound(power, 1).OmegaB);
        Assert.Equal(4.5, new UnitModel(1).Bound(Program.Trace((a, b) => a / b, _one, _one), 1).OmegaB);
        Assert.Equal(13, new UnitModel(1).Backprop(power) / new UnitModel(1).Cost(power));
    }

    // The bound is for one cotangent: q of them cost G + 2qE, which no constant times the value bounds.
    [Fact]
    public void SeveralCotangentsExceedTheBoundOfOne()
    {
        var program = Program.Trace((a, b, c) => a * (b + c), _one, _one, _one);
        var model = new UnitModel(1);
        Assert.Equal(18, model.Backprop(program, 2));
        Assert.True(model.Backprop(program, 2) > model.Bound(program, 1).OmegaB * model.Cost(program));
    }

    [Fact]
    public void MaximumWrittenWithReluHasTheTablesRatio()
    {
        var program = Program.Trace((a, b) => a + Relu(b - a), _one, _one);
        Assert.Equal(13.0 / 3, new UnitModel(1).Backprop(program) / new UnitModel(1).Cost(program), 12);
    }

    [Fact]
    public void TheNetworkDictionaryHasOmegaFiveAttainedByAddAndMultiply()
    {
        ScalarOperation[] dictionary =
        [
            ScalarOperation.Add, ScalarOperation.Multiply, ScalarOperation.AddConstant, ScalarOperation.MultiplyConstant,
            ScalarOperation.Inverse, ScalarOperation.Exp, ScalarOperation.Log, ScalarOperation.Compare,
        ];
        foreach (double c in new double[] { 1, 2, 5, 10, 20 })
        {
            var bound = new UnitModel(c).Bound(dictionary.Select(k => UnitModel.Primitives[k]), 3);
            Assert.Equal(5, bound.OmegaB);
            Assert.Equal("add", bound.AttainedBackwardBy);
            Assert.Equal(10, bound.OmegaF);
        }
    }
}

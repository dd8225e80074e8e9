namespace Nonsmooth.Tests.Cost.Modes;

public sealed class WaistsTests
{
    [Fact]
    public void EveryValueOfAChainButTheLastIsAWaist()
    {
        var program = Program.Trace(x => Sin(Tanh(Exp(x))), new Shape(3));
        Assert.Equal(["exp", "tanh"], Waists.Of(program).Select(w => w.Name));
    }

    [Fact]
    public void ASkipHidesWhatItPassesBy()
    {
        var program = Program.Trace(x => { var e = Exp(x); return Sin(Tanh(e) + e); }, new Shape(3));
        Assert.Equal(["exp", "add"], Waists.Of(program).Select(w => w.Name));
    }

    [Fact]
    public void AnInactiveInputMayPassAWaistBy()
    {
        var program = Program.Trace((x, w) => Tanh(x.Sum() * w) * w, new Shape(3), new Shape(3));
        Assert.Equal("sum", Waists.Of(program, ["x"])[0].Name);
        Assert.Equal(1, Waists.Of(program, ["x"])[0].Elements);
        Assert.Empty(Waists.Of(program));
    }

    [Fact]
    public void AnEarlyOutputIsNoWaistsPast()
    {
        var program = Program.Trace(
            [("x", TensorType.Real(new Shape(3)))], v => { var e = Exp(v[0]); return [("a", e), ("b", Sin(Tanh(e)))]; });
        Assert.Equal(["exp"], Waists.Of(program).Select(w => w.Name));
    }

    // Against the definition: without the value no path is left.
    [Fact]
    public void TheWaistsOfRandomProgramsAreTheirArticulations() => CsCheck.Check.Sample(
        RandomPrograms.Gen,
        program =>
        {
            var expected = program.Nodes.SelectMany(n => n.Results)
                .Where(v => v != program.Outputs[0].Value && Reaches(program, -1)[v] && !Reaches(program, v)[program.Outputs[0].Value] && Useful(program)[v]);
            Assert.Equal(expected, Waists.Of(program).Select(w => w.Value));
        },
        iter: 200);

    private static bool[] Reaches(Program program, int without)
    {
        var reached = new bool[program.Types.Count];
        foreach (var input in program.Inputs)
        {
            reached[input.Value] = true;
        }

        foreach (var node in program.Nodes)
        {
            foreach (int result in node.Results)
            {
                reached[result] = result != without && node.Arguments.Any(a => reached[a]);
            }
        }

        return reached;
    }

    private static bool[] Useful(Program program)
    {
        var useful = new bool[program.Types.Count];
        useful[program.Outputs[0].Value] = true;
        foreach (var node in program.Nodes.Reverse())
        {
            foreach (int argument in node.Arguments)
            {
                useful[argument] |= node.Results.Any(r => useful[r]);
            }
        }

        return useful;
    }
}

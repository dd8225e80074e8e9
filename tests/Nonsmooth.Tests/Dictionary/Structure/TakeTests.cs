using Nonsmooth.Tests.Dictionary.Reductions;

namespace Nonsmooth.Tests.Dictionary.Structure;

public sealed class TakeTests
{
    private static readonly Shape _plane = new(2, 3);
    private static readonly double[] _x = [1, 2, 3, 4, 5, 6];

    public static TheoryData<string, double[]> Cases => new()
    {
        { "take", [3, 1, 1, 6, 4, 4] },
        { "flip", [6, 5, 4, 3, 2, 1] },
        { "flip rows", [4, 5, 6, 1, 2, 3] },
        { "roll", [3, 1, 2, 6, 4, 5] },
        { "roll back", [2, 3, 1, 5, 6, 4] },
        { "tile", [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6] },
        { "tile new", [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6] },
        { "each", [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6] },
        { "some", [2, 3, 3, 5, 6, 6] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Moves(string name, double[] expected)
    {
        var program = Program.Trace(x => Of(name, x), _plane);
        Assert.Equal(expected, Written.Run(program, _x));
        Written.Differentiates(program, "x", _x);
    }

    [Fact]
    public void APermutationHasAPermutationForAdjoint()
    {
        var back = Program.Trace(x => x.Flip(1), _plane).Backprop(new BackpropOptions { KeepValues = false });
        Assert.Equal("take", Assert.Single(back.Nodes).Function.Name);
    }

    [Fact]
    public void AllElementsInOrderAreTheTensor()
    {
        var program = Program.Trace(x => x.Take(1, 0, 1, 2), _plane);
        Assert.Empty(program.Nodes);
    }

    [Fact]
    public void IndicesAndMasksAreTakenToo()
    {
        Assert.Equal([3, 1], Probe.Value(new Take(0, [2, 0]), Probe.Indices(new Shape(3), 1, 2, 3)));
        Assert.Equal([1, 0], Probe.Value(new Take(0, [2, 0]), Probe.Mask(new Shape(3), false, true, true)));
    }

    [Fact]
    public void WhatIsOutsideIsNamed()
    {
        var e = Assert.Throws<ShapeException>(() => new Take(1, [0, 3]).InferTypes([_plane]));
        Assert.Equal("element 3 is not of axis 1 of 2×3: use one in [0, 3)", e.Message);
        Assert.Throws<ShapeException>(() => new Take(2, [0]).InferTypes([_plane]));
    }

    [Fact]
    public void ManyPlacesArePrintedShortly()
    {
        Assert.Equal("axis=0, [1, 0]", new Take(0, [1, 0]).Attributes);
        Assert.Matches("^axis=0, 100 places [0-9a-f]{8}$", new Take(0, [.. Enumerable.Range(0, 100)]).Attributes);
    }

    private static Variable Of(string name, Variable x) => name switch
    {
        "take" => x.Take(1, -1, 0, 0),
        "flip" => x.Flip(),
        "flip rows" => x.Flip(0),
        "roll" => x.Roll(1, 1),
        "roll back" => x.Roll(-4, -1),
        "tile" => x.Tile(1, 2),
        "tile new" => x.Tile(2, 1, 1),
        "each" => x.RepeatEach(1, 2),
        _ => x.RepeatEach(-1, 0, 1, 2),
    };
}

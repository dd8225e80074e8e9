using Nonsmooth.Checkpointing;

namespace Nonsmooth.Tests.Checkpointing;

public sealed class LivenessSimulatorTests
{
    [Fact]
    public void AValueIsHeldFromItsMakingToItsLastUse()
    {
        var program = Program.Trace(x => Exp(Sin(Exp(x))).Sum(), new Shape(10));
        var plan = LivenessSimulator.Simulate(program, 4);
        Assert.Equal([80, 120, 120, 84], plan.During);
        Assert.Equal([80, 80, 80, 44], plan.After);
        Assert.Equal(120, plan.Peak);
        Assert.Equal("sin", plan.PeakNode);
        Assert.Equal(new MemoryBreakdown(40, 0, 0, 80), plan.AtPeak);
    }

    [Fact]
    public void AViewKeepsItsBaseAlive()
    {
        // The slice is 1 of 10 elements; its base is released with it, after the product.
        var program = Program.Trace(
            x =>
            {
                var part = x.Builder.Apply(new Slice(new[] { 0 }, new[] { 1 }, new[] { 1 }), Exp(x));
                return Exp(Exp(part)) * part;
            },
            new Shape(10));
        var plan = LivenessSimulator.Simulate(program, 8);
        Assert.Equal([160, 160, 168, 176, 176], plan.During);
        Assert.Equal(88, plan.After[^1]);
    }

    [Fact]
    public void BroadcastAndTransposeTakeNothingAndAReshapeOfATransposeIsACopy()
    {
        var program = Program.Trace(
            x =>
            {
                var y = Exp(x);
                var t = y.Builder.Apply(new Transpose(new[] { 1, 0 }), y);
                return Exp(t.Reshape(new Shape(6))).Sum();
            },
            new Shape(2, 3));
        var plan = LivenessSimulator.Simulate(program, 4);
        Assert.Equal([48, 48, 72, 72, 52], plan.During);
        var rows = Program.Trace(x => x.Builder.Apply(new Broadcast(new Shape(5, 6)), Exp(x).Reshape(new Shape(1, 6))), new Shape(2, 3));
        Assert.Equal(48, LivenessSimulator.Simulate(rows, 4).Peak);
    }

    [Fact]
    public void WhatIsHeldAtThePeakIsTold()
    {
        var program = Program.Trace((x, w) => Relu(MatMul(x, w)).Sum(), new Shape(20, 3), new Shape(3, 4));
        var gradient = program.Backprop("w");
        var plan = LivenessSimulator.Simulate(gradient, 2);
        Assert.Equal(plan.During.Max(), plan.Peak);
        Assert.Equal(plan.Peak, plan.AtPeak.Total);
        Assert.Equal(2 * (60 + 12), plan.AtPeak.Inputs);
        Assert.Equal(2 * (80 + 1), plan.AtPeak.Saved);
        Assert.Equal(2 * (60 + 12 + 1 + 12), plan.After[^1]);
    }

    [Fact]
    public void IndicesAndTruthValuesHaveSizesOfTheirOwn()
    {
        var program = Program.Trace(x => MaxPool2d(x, 2), new Shape(1, 1, 4, 4));
        Assert.Equal((16 * 4) + (4 * 4) + (4 * 8), LivenessSimulator.Simulate(program, 4).Peak);
    }
}

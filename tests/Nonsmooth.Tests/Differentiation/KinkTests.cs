namespace Nonsmooth.Tests.Differentiation;

public sealed class KinkTests
{
    private static double Slope(Func<Variable, Variable> function, double at, Selection selection)
    {
        var program = Program.Trace(function, Shape.Scalar).Backprop(new BackpropOptions { Selection = selection, KeepValues = false });
        return ((Tensor<double>)Interpreter.Run<Float64>(program, new[] { at })[0])[0];
    }

    [Fact]
    public void TheZeroFunctionWrittenWithReluHasDerivativeOneUnderZeroAndZeroUnderAHalf()
    {
        static Variable Zero(Variable x) => Relu(-x) + x - Relu(x);

        Assert.Equal(1, Slope(Zero, 0, Selection.Default));
        Assert.Equal(0, Slope(Zero, 0, Selection.Default with { ReluAtZero = 0.5 }));
        Assert.Equal(0, Slope(Zero, 1.25, Selection.Default));
    }

    [Theory]
    [InlineData("relu", 0, 0, 0, 0)]
    [InlineData("abs", 0, 0, 0, 1)]
    [InlineData("leaky", 0, 0.1, 0.1, 1)]
    [InlineData("relu6", 0, 0, 0, 0)]
    [InlineData("relu6", 6, 0, 0, 0)]
    [InlineData("hardtanh", -1, 0, 0, 1)]
    [InlineData("hardtanh", 1, 0, 0, 1)]
    [InlineData("clamp", -1, 1, 0, 0.5)]
    [InlineData("clamp", 1, 1, 0, 0.5)]
    [InlineData("hardsigmoid", 3, 0, 0, 0)]
    [InlineData("hardswish", -3, 0, 0, 0)]
    [InlineData("hardswish", 3, 1, 1, 1)]
    [InlineData("elu2", 0, 2, 1, 2)]
    [InlineData("selu", 0, 1.7580993408473768, 1.7580993408473768, 1.7580993408473768)]
    [InlineData("maximum", 0, 0.5, 0.5, 0.5)]
    public void TheSlopesAreThoseOfTheCatalogue(string name, double at, double libtorch, double minimal, double jax)
    {
        Func<Variable, Variable> function = name switch
        {
            "relu" => Relu,
            "abs" => Functions.Abs,
            "leaky" => x => LeakyRelu(x, 0.1),
            "relu6" => Relu6,
            "hardtanh" => Hardtanh,
            "clamp" => x => Clamp(x, -1, 1),
            "hardsigmoid" => Hardsigmoid,
            "hardswish" => Hardswish,
            "elu2" => x => Elu(x, 2),
            "selu" => Selu,
            _ => x => Maximum(x, Scale(x, 0)),
        };
        Assert.Equal(libtorch, Slope(function, at, Selection.Default), 12);
        Assert.Equal(name == "selu" ? 1.0507009873554805 : minimal, Slope(function, at, Selection.MinimalNorm), 12);
        Assert.Equal(jax, Slope(function, at, Selection.Jax), 12);
    }

    [Fact]
    public void ASelectionHoldsForTheNodesItNames()
    {
        var program = Program.Trace((x, y) => Relu(x) + Relu(y), Shape.Scalar, Shape.Scalar);
        var selection = Selection.Default.At("relu_2", Selection.Default with { ReluAtZero = 1 });
        var gradient = Interpreter.Run<Float64>(
            program.Backprop(new BackpropOptions { Selection = selection, KeepValues = false }), new[] { 0.0 }, new[] { 0.0 });
        Assert.Equal(0, ((Tensor<double>)gradient[0])[0]);
        Assert.Equal(1, ((Tensor<double>)gradient[1])[0]);
    }
}

using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Sites;
using Nonsmooth.Reliability.Traps;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Audits;

namespace Nonsmooth.Training.Tests.Audits;

public sealed class DeclaredChoiceTests
{
    public static TheoryData<string> Keys => [.. SelectionKeys.All.Where(k => k.OtherRules.Count > 0).Select(k => k.Name)];

    // A2: an audit of hardswish and hardsigmoid had no choice to test.
    [Theory]
    [InlineData("hardswish-at-bounds")]
    [InlineData("hardsigmoid-at-bounds")]
    public void ANetworkOfHardActivationsHasAChoice(string name)
    {
        var program = Program.Trace(x => (name[4] == 's' && name[5] == 'w' ? Functions.Hardswish(x) : Functions.Hardsigmoid(x)).Sum(), new Shape(2));
        var choice = Assert.Single(AuditChoice.Of(program, Selection.Default));
        Assert.Equal(name, choice.Name);
        Assert.Single(SelectionSites.Differing(program, [program.Inputs[0].Name], choice.Reference, choice.Other));
    }

    // Every key that has another rule is some standard function's, or a solution's, and an audit of that function tries it.
    [Theory]
    [MemberData(nameof(Keys))]
    public void EveryStandardKeyIsTried(string name)
    {
        var readers = StandardDictionary.Rows.Where(r => r.Function.Keys.Any(k => k.Name == name)).ToList();
        if (name == SelectionKeys.WeaklyActive.Name)
        {
            Assert.Empty(readers);
            return;
        }

        Assert.NotEmpty(readers);
        foreach (var row in readers)
        {
            var builder = new ProgramBuilder();
            var inputs = row.Arguments.Select((a, i) => builder.Input($"a{i}", a.Type)).ToArray();
            var program = builder.Build(builder.ApplyAll(row.Function, inputs).Select((r, i) => ($"r{i}", r)));
            Assert.Contains(AuditChoice.Of(program, Selection.Default), c => c.Name == name);
        }
    }

    [Fact]
    public void AFunctionThatSaysNothingIsListedAsFixedAndAsUntold()
    {
        var program = Program.Trace(static x => x.Builder.Apply(new Silent(), x).Sum(), new Shape(2));
        var site = Assert.Single(KinkSite.Of(program));
        Assert.True(site.IsFixed);
        Assert.Contains("silent does not say where it has kinks", site.Where, StringComparison.Ordinal);
        Assert.Empty(AuditChoice.Of(program, Selection.Default));
        Assert.Equal(("silent", "silent"), Assert.Single(TrapLint.Untold(program)));
    }

    [Fact]
    public void AMisspeltChoiceIsRefusedWithANearName()
    {
        var program = Program.Trace(static x => Functions.Relu(x).Sum(), new Shape(2));
        var refused = Assert.Throws<NonsmoothException>(() => Audit.Chosen(program, new AuditOptions { Named = ["relu-at-zer"] }));
        Assert.Contains("did you mean relu-at-zero?", refused.Message, StringComparison.Ordinal);
    }

    private sealed record Silent : ElementaryFunction
    {
        public override string Name => "silent";

        public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) => [arguments[0]];

        public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => [arguments[0]];

        public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) => [tangents[0]];

        public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) => [cotangents[0]];

        public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;
    }
}

using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Tests.Measurement.Defects;

/// <summary>A defect's function with its own gradient, or with that of the dictionary for a control.</summary>
internal sealed record DefectiveFunction(Defect Defect, bool Planted) : CompositeFunction
{
    public override string Name => Defect.Name;

    protected override FunctionFacts? Facts => FunctionFacts.Smooth;

    public override bool HasVjp => Planted;

    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) =>
        [Defect.Vjp(at.Arguments[0], cotangents[0]!)];

    protected override IReadOnlyList<Variable> Define(IReadOnlyList<Variable> arguments) => [Defect.Value(arguments[0])];
}

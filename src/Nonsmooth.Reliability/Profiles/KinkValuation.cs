using Nonsmooth.Conservativity;
using Nonsmooth.Dictionary;
using Nonsmooth.Engines.Dialects;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Profiles;

/// <summary>The gradient of a row under a profile.</summary>
internal static class KinkValuation
{
    private const int _decimals = 4;

    private static readonly ConservativityOptions _proofOnly = new() { Points = 0, Loops = 0 };

    public static KinkValue Of(KinkRow row, Profile profile, IReadOnlyList<double> live, Neighbourhood? around) => profile.Kind switch
    {
        ProfileKind.Live => new(live, KinkSource.Autograd),
        ProfileKind.Least => Least(row, profile.Selection, around),
        _ when row.Claims.TryGetValue(profile.Name, out var claim) => Claimed(row, claim, profile),
        ProfileKind.Successor => Successor(row, profile.Selection, live),
        _ => KinkValue.Unknown,
    };

    private static KinkValue Successor(KinkRow row, Selection selection, IReadOnlyList<double> live)
    {
        var unchanged = new KinkValue(live, KinkSource.Unchanged, Evidence.Recorded);
        if (row.Program(Dialect.Standard) is not { } program)
        {
            return unchanged;
        }

        var before = new KinkValue(Run(program, row.Point, Selection.Default), KinkSource.Executor);
        var after = new KinkValue(Run(program, row.Point, selection), KinkSource.Executor, Evidence.Recorded);
        return after.Agrees(before) ? unchanged : after;
    }

    private static KinkValue Claimed(KinkRow row, KinkClaim claim, Profile profile) =>
        claim.IsChanged ? KinkValue.Unknown
        : claim.Gradient is { } written ? new(written, KinkSource.Declared, claim.Evidence, claim.OfAnotherFunction ? KinkLabel.Unjudged : null)
        : row.Program(profile.Dialect) is { } program ? new(Run(program, row.Point, profile.Selection), KinkSource.Executor, claim.Evidence)
        : throw new NonsmoothException($"row {row.Id}: the dictionary lacks a function of {row.Spelling.Name} as {profile.Name} composes it: give the gradient");

    // By principle each function's own least subgradient; without a program, that of the whole.
    private static KinkValue Least(KinkRow row, Selection selection, Neighbourhood? around)
    {
        if (row.Program(Dialect.Standard) is { } program)
        {
            return new(Run(program, row.Point, selection), KinkSource.Executor);
        }

        return around is null or { Jumps: true } or { Steepens: true }
            ? KinkValue.Unknown
            : new([.. around.Hull.Least.Select(static g => Math.Round(g, _decimals))], KinkSource.Nearby);
    }

    /// <summary>Whether a gradient is that of the row's program under a selection with which its backprop is conservative, by the chain rule alone.</summary>
    public static bool IsAdmissible(KinkRow row, KinkValue value, Selection selection) => row.Program(Dialect.Standard) is { } program
        && value.Agrees(new(Run(program, row.Point, selection), KinkSource.Executor))
        && ConservativityTest.Of(Program.Trace(x => program(x).Sum(), new Shape(row.Point.Count)), selection, null, _proofOnly).IsProved;

    /// <summary>The gradient of the sum of a program's values, in float64 by the executor.</summary>
    public static double[] Run(Func<Variable, Variable> function, IReadOnlyList<double> point, Selection selection)
    {
        var program = Program.Trace(x => function(x).Sum(), new Shape(point.Count));
        using var runner = new GradientRunner(program, [program.Inputs[0].Name], selection, Precision.Float64);
        using var input = TorchTensor.FromSpan<double>([.. point], [point.Count]);
        return runner.Run([input]).Tensors[0];
    }
}

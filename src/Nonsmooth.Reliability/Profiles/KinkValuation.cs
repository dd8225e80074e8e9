using Nonsmooth.Conservativity;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Reliability.Profiles.Recordings;
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
        ProfileKind.Successor => Recorded(row, profile) ?? Successor(row, profile.Selection, live),
        ProfileKind.Declared => Recorded(row, profile)
            ?? (profile.Declared(row) is { } declaration ? Declared(row, declaration, profile.Selection) : KinkValue.Unknown),
        _ => Least(row, profile.Selection, around),
    };

    private static KinkValue Successor(KinkRow row, Selection selection, IReadOnlyList<double> live)
    {
        var unchanged = new KinkValue(live, KinkSource.Unchanged, Evidence.Recorded);
        if (row.Program is null)
        {
            return unchanged;
        }

        var before = new KinkValue(Run(row.Program, row.Point, Selection.Default), KinkSource.Executor);
        var after = new KinkValue(Run(row.Program, row.Point, selection), KinkSource.Executor, Evidence.Recorded);
        return after.Agrees(before) ? unchanged : after;
    }

    private static KinkValue? Recorded(KinkRow row, Profile profile)
    {
        if (!RecordedRows.All.TryGetValue(row.Id, out var recorded))
        {
            return null;
        }

        return recorded.Gradients.TryGetValue(profile.Name, out var written)
            ? written.Count == 0 ? KinkValue.Unknown : new(written, KinkSource.Declared, Evidence.Recorded)
            : recorded.Profiles.Contains(profile.Name)
                ? new(Run(recorded.Function(row, profile), row.Point, profile.Selection), KinkSource.Executor, Evidence.Recorded)
                : null;
    }

    private static KinkValue Declared(KinkRow row, Declaration declaration, Selection selection) =>
        declaration.Gradient is { } written ? new(written, KinkSource.Declared, declaration.Evidence, declaration.OfAnotherFunction ? KinkLabel.Unjudged : null)
        : (declaration.Spelling ?? row.Program) is { } program ? new(Run(program, row.Point, selection), KinkSource.Executor, declaration.Evidence)
        : throw new NonsmoothException($"row {row.Id} has no program for its declaration: give a spelling or the gradient");

    // By principle each function's own least subgradient; without a program, that of the whole.
    private static KinkValue Least(KinkRow row, Selection selection, Neighbourhood? around)
    {
        if (row.Program is { } program)
        {
            return new(Run(program, row.Point, selection), KinkSource.Executor);
        }

        return around is null or { Jumps: true } or { Steepens: true }
            ? KinkValue.Unknown
            : new([.. around.Hull.Least.Select(static g => Math.Round(g, _decimals))], KinkSource.Nearby);
    }

    /// <summary>Whether a gradient is that of the row's program under a selection with which its backprop is conservative, by the chain rule alone.</summary>
    public static bool IsAdmissible(KinkRow row, KinkValue value, Selection selection) => row.Program is { } program
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

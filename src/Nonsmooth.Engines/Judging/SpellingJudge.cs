using System.Globalization;
using Nonsmooth.Engines.Conformance;
using Nonsmooth.Engines.Dialects;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Engines.Judging;

/// <summary>Judges what engines answered for one spelling; what is found at a point serves all of them.</summary>
public sealed class SpellingJudge
{
    private static readonly Dialect _meaning = new MathematicalDialect();
    private static readonly Dialect _composed = new ComposedDialect();
    private static readonly Dialect _indexed = new TorchDialect();

    private readonly Spelling _spelling;
    private readonly Dictionary<(string Dialect, string Point), PointTruth> _known = [];
    private readonly Dictionary<(string Dialect, string Shapes), Program?> _programs = [];

    /// <summary>A judge for one spelling.</summary>
    public SpellingJudge(Spelling spelling) => _spelling = spelling;

    /// <summary>Judges an answer, point by point.</summary>
    /// <param name="recording">The engine's name.</param>
    /// <param name="answer">What it answered.</param>
    /// <param name="asked">Where it was asked.</param>
    /// <param name="dialect">What it composes its operations of; null where that is not known.</param>
    public IEnumerable<JudgedCell> Of(string recording, Answer answer, RecordedPoint asked, Dialect? dialect)
    {
        bool isMap = _spelling.Kind == SpellingKind.Map;
        int points = isMap ? asked.Arguments[0].Data.Count : 1;
        int outputs = answer.Value?.Data.Count ?? 0;
        for (int p = 0; p < points; p++)
        {
            IReadOnlyList<double[]> at = isMap ? [.. asked.Arguments.Select(a => new[] { a.Data[p] })] : [.. asked.Arguments.Select(a => a.Data.ToArray())];
            var cell = new JudgedCell(
                recording,
                _spelling.Name,
                _spelling.Function,
                answer.Format,
                isMap ? string.Join(", ", at.Select(x => x[0].ToString("R", CultureInfo.InvariantCulture))) : asked.Name,
                [.. at.SelectMany(x => x)])
            {
                Value = answer.Value is null ? [] : isMap ? [answer.Value.Data[p]] : answer.Value.Data,
                Reverse = Reverse(answer, at, isMap ? p : null),
                Forward = Forward(answer, isMap ? p : null, outputs),
                Cotangent = isMap ? [1] : Cycle.Cotangent(outputs),
            };
            yield return Judged(cell, at, [.. asked.Arguments.Select(a => isMap ? new Shape(1) : a.Shape)], dialect);
        }
    }

    private static double[] Reverse(Answer answer, IReadOnlyList<double[]> at, int? p) => answer.Reverse is null
        ? []
        : p is { } i ? [.. answer.Reverse.Select(s => s?[i] ?? 0)] : [.. answer.Reverse.SelectMany((s, a) => s ?? new double[at[a].Length])];

    private static double[] Forward(Answer answer, int? p, int outputs)
    {
        if (answer.Forward is null)
        {
            return [];
        }

        double[] cotangent = Cycle.Cotangent(outputs);
        return p is { } i ? [.. answer.Forward.Select(s => s[i])]
            : answer.Forward[0].Count != outputs ? []
            : [answer.Forward[0].Zip(cotangent, (x, c) => x * c).Sum()];
    }

    private JudgedCell Judged(JudgedCell cell, IReadOnlyList<double[]> at, IReadOnlyList<Shape> shapes, Dialect? dialect)
    {
        var format = FormatScale.Of(cell.Format);
        if (cell.Value.Count == 0)
        {
            return cell with { Reason = "no answer" };
        }

        if (Truth(_meaning, at, shapes) is not { } truth)
        {
            return cell with { Reason = Program(_meaning, shapes) is null ? _spelling.Express(_meaning, shapes).Missing : null };
        }

        PointTruth Move(IReadOnlyList<double[]> point) => Truth(_meaning, point, shapes)!;
        var value = truth.Reason == "the point is not finite" ? ValueFinding.NotJudged : ValueJudge.Of(truth, [.. cell.Value], Move, format);
        cell = cell with { IsKink = truth.IsTied, ValueFinding = value, RightValue = truth.Value, IsSplit = IsSplit(cell, truth, at, format) };
        if (truth.Reason is not null || value is ValueFinding.NotFinite or ValueFinding.AnotherFunction)
        {
            return cell with
            {
                Reason = truth.Reason ?? (value == ValueFinding.NotFinite ? "the value is not finite" : "the value is another function's"),
                IsAsWritten = value == ValueFinding.NotFinite && IsOursToo(cell, Program(Dialect.Standard, shapes) ?? Program(_meaning, shapes), at, shapes, r => r.Value!.Data),
            };
        }

        var spelled = new[] { Dialect.Standard, dialect ?? _meaning, _meaning, _composed, _indexed }.Distinct().Select(d => Truth(d, at, shapes)).OfType<PointTruth>();
        var judge = new SlopeJudge(truth, spelled, Move, format);
        double[] cotangent = [.. cell.Cotangent];
        var reverse = cell.Reverse.Count == 0 ? SlopeJudgement.None("no slope") : judge.Of([.. cell.Reverse], p => p.Times(cotangent));
        var forward = Forward(cell, at, judge, cotangent);
        var told = reverse.Finding >= forward.Finding || cell.Forward.Count == 0 ? reverse : forward;
        return cell with
        {
            ReverseFinding = reverse.Finding,
            ForwardFinding = forward.Finding,
            Reason = told.Reason,
            IsSplit = cell.IsSplit && told.Reason is null,
            Witness = told.Witness,
            IsAsWritten = told.Finding == SlopeFinding.NotFinite && IsOursToo(cell, Program(Dialect.Standard, shapes), at, shapes, r => ReferenceEquals(told, reverse) ? [.. r.Reverse!.SelectMany(s => s!)] : [.. r.Forward!.SelectMany(s => s)]),
        };
    }

    private SlopeJudgement Forward(JudgedCell cell, IReadOnlyList<double[]> at, SlopeJudge judge, double[] cotangent)
    {
        if (cell.Forward.Count == 0)
        {
            return SlopeJudgement.None("forward mode was not asked");
        }

        if (_spelling.Kind == SpellingKind.Vector)
        {
            double[] tangent = Cycle.Tangent(0, at.Sum(x => x.Length));
            return judge.Of([cell.Forward[0]], p => [p.Times(cotangent).Zip(tangent, (a, b) => a * b).Sum()]);
        }

        var worst = judge.Of([cell.Forward[0]], p => [p.Rows[0][0]]);
        for (int a = 1; a < cell.Forward.Count; a++)
        {
            int argument = a;
            var one = judge.Of([cell.Forward[a]], p => [p.Rows[0][argument]]);
            worst = one.Finding > worst.Finding ? one : worst;
        }

        return worst;
    }

    // Only where both modes answered: the product with the cotangent and the tangent is one number.
    private bool IsSplit(JudgedCell cell, PointTruth truth, IReadOnlyList<double[]> at, FormatScale format)
    {
        if (cell.Reverse.Count == 0 || cell.Forward.Count == 0 || truth.Reason is not null || at.Any(x => Array.Exists(x, v => v != 0 && format.IsTiny(v))))
        {
            return false;
        }

        double[] tangent = Cycle.Tangent(0, at.Sum(x => x.Length));
        double[] back = _spelling.Kind == SpellingKind.Map ? [.. cell.Reverse] : [cell.Reverse.Zip(tangent, (a, b) => a * b).Sum()];
        double size = cell.Reverse.Concat(cell.Forward).Select(Math.Abs).Where(double.IsFinite).Append(1).Max();
        return back.Zip(cell.Forward).Any(p => double.IsFinite(p.First) && double.IsFinite(p.Second)
            ? Math.Abs(p.First - p.Second) > format.Loose * size
            : double.IsFinite(p.First) != double.IsFinite(p.Second));
    }

    // A function that the dictionary lacks overflows where its formula does; that a formula has no slope is no excuse for the function.
    private bool IsOursToo(JudgedCell cell, Program? program, IReadOnlyList<double[]> at, IReadOnlyList<Shape> shapes, Func<Answer, IReadOnlyList<double>> of)
    {
        if (program is null)
        {
            return false;
        }

        var ours = OurAnswer.Of(program, _spelling.Kind, new("", [.. at.Select((x, a) => new RecordedArray(shapes[a], x))]), cell.Format, Selection.Default, true);
        return of(ours).Any(x => !double.IsFinite(x));
    }

    private PointTruth? Truth(Dialect dialect, IReadOnlyList<double[]> at, IReadOnlyList<Shape> shapes)
    {
        string kind = dialect.GetType().Name;
        var key = (kind, string.Join(',', at.SelectMany(x => x).Select(x => BitConverter.DoubleToInt64Bits(x).ToString("x", CultureInfo.InvariantCulture))));
        if (!_known.TryGetValue(key, out var truth) && Program(dialect, shapes) is { } program)
        {
            _known[key] = truth = new PointTruth(program, at);
        }

        return truth;
    }

    private Program? Program(Dialect dialect, IReadOnlyList<Shape> shapes)
    {
        var key = (dialect.GetType().Name, string.Join(' ', shapes));
        if (!_programs.TryGetValue(key, out var program))
        {
            _programs[key] = program = _spelling.Express(dialect, shapes).Program;
        }

        return program;
    }
}

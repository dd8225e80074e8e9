namespace Nonsmooth.Answers;

/// <summary>What answers at kinks have in common.</summary>
public record AnswerOptions
{
    /// <summary>Names of the inputs. Default none, which means every real input.</summary>
    public IReadOnlyList<string> WithRespectTo { get; init; } = [];

    /// <summary>What random slopes and directions are drawn from. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>The cost of a nonlinear operation where prices are counted. Default 1, at which ratios are largest.</summary>
    public double Nonlinear { get; init; } = 1;

    /// <summary>How long the answer may take, and what calls it off. Default no limit.</summary>
    public TimeBudget Time { get; init; } = TimeBudget.None;
}

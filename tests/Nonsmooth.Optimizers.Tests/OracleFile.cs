using System.Text.Json;

namespace Nonsmooth.Optimizers.Tests;

/// <summary>The float64 trajectories of <c>shared/spec/innaprop_oracle.json</c>, which lies beside the repository.</summary>
internal static class OracleFile
{
    private const string Missing = "(oracle file missing)";

    private static readonly Lazy<Dictionary<string, OracleCase>?> Cases = new(Load);

    /// <summary>The names, or one that makes the tests skip where the file is not there.</summary>
    public static TheoryData<string> Names => Cases.Value is { } cases ? [.. cases.Keys] : [Missing];

    public static OracleCase Get(string name)
    {
        Assert.SkipWhen(
            name == Missing,
            "ORACLE NOT CHECKED: shared/spec/innaprop_oracle.json is in no folder above this test; set NONSMOOTH_SHARED to the shared folder");
        return Cases.Value![name];
    }

    private static Dictionary<string, OracleCase>? Load()
    {
        if (FindPath() is not { } path)
        {
            return null;
        }

        using FileStream file = File.OpenRead(path);
        OracleDocument document = JsonSerializer.Deserialize<OracleDocument>(file, JsonSerializerOptions.Web)!;
        return document.Cases.ToDictionary(c => c.Name, c => c with { Gseq = document.Gseq });
    }

    private static string? FindPath()
    {
        string tail = Path.Combine("spec", "innaprop_oracle.json");
        if (Environment.GetEnvironmentVariable("NONSMOOTH_SHARED") is { Length: > 0 } shared)
        {
            string named = Path.Combine(shared, tail);
            return File.Exists(named) ? named : null;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", tail);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    private sealed record OracleDocument(double[][] Gseq, OracleCase[] Cases);
}

internal sealed record OracleCase(
    string Name, string Algorithm, string Problem, int N, double[] Theta0, OracleConfig Config, OracleStep[] Steps, string Schedule, double Lr, double[][]? Gseq)
{
    /// <summary>The gradient at θ before step <paramref name="t"/>.</summary>
    public double[] Gradient(double[] theta, int t) => Problem switch
    {
        "gseq" => Gseq![(t - 1) % Gseq.Length],
        "quad5" => [.. theta.Select((x, i) => Math.Round(Math.Pow(10, i - 2), 2) * x)],
        "rosenbrock" =>
        [
            (-2 * (1 - theta[0])) - (400 * theta[0] * (theta[1] - (theta[0] * theta[0]))),
            200 * (theta[1] - (theta[0] * theta[0])),
        ],
        _ => throw new InvalidOperationException($"unknown problem {Problem}"),
    };
}

internal sealed record OracleConfig(
    double Alpha, double Beta, double Sigma, double Eps, double Lam, double Beta1, bool Maximize, double Kappa);

internal sealed record OracleStep(
    double[] Theta, double[]? V, double[]? Psi, double[]? M, double[]? E, [property: System.Text.Json.Serialization.JsonPropertyName("exp_avg")] double[]? ExpAvg, int T, double Lr);

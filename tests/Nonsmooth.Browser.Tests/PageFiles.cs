using Nonsmooth.Cli.Tests;
using Nonsmooth.Sources.Tests;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Browser.Tests;

/// <summary>A page of each kind, small, made by the tool; those of the atlas are the repository's.</summary>
public sealed class PageFiles : IDisposable
{
    private const string Run = "train mlp:784-16-10 --train-count 256 --test-count 64 --batch 16 --threads 1 --telemetry 4";

    private static readonly Dictionary<string, string[]> _made = new(StringComparer.Ordinal)
    {
        ["cost"] = ["cost lenet5 --batch 8 --report PAGE"],
        ["scaling"] = ["cost resnet18-cifar --ranks 16 --batch 512 --device 20T:1TB/s --link 30us:10Gb/s --report PAGE"],
        ["audit"] = ["audit lenet5 --batch 16 --test-count 32 --train-count 32 --draws 1 --batches 2 --training-steps 2 --training-seeds 6 --precision f16 --precision f32 --report PAGE"],
        ["compare"] = ["compare mlp:784-6-10 --train-count 120 --test-count 16 --epochs 1 --set batch=12 --threads 1 --trials 2 --seeds 2 --evaluations 2 --optimizers adamw,sgd --report PAGE"],
        ["run"] = [$"{Run} --epochs 2 --out one/run", "report one/run --report PAGE"],
        ["runs"] = [$"{Run} --epochs 2 --out two/a", $"{Run} --epochs 2 --optimizer sgd --seed 3 --out two/b", $"{Run} --epochs 1 --optimizer muon --out two/c", "report two/a two/b two/c --report PAGE"],
    };

    private static readonly Dictionary<string, string> _atlas = new(StringComparer.Ordinal)
    {
        ["atlas"] = "index.html", ["atlas changes"] = "changes.html", ["atlas defects"] = "report.html", ["atlas function"] = "functions/relu6.html", ["atlas engine"] = "engines/jax-0.10.html",
    };

    private readonly TemporaryFolder _folder = new();
    private readonly Lock _gate = new();

    /// <summary>The kinds of pages.</summary>
    public static IEnumerable<string> Kinds => _made.Keys.Concat(_atlas.Keys);

    /// <summary>The address of a page, which is made when it is first asked for.</summary>
    public Uri this[string kind]
    {
        get
        {
            if (_atlas.TryGetValue(kind, out string? file))
            {
                return new Uri(Path.Combine(Repository.Root, "docs", "atlas", file));
            }

            string name = $"{kind}.html";
            lock (_gate)
            {
                foreach (string line in File.Exists(_folder.File(name)) ? [] : _made[kind])
                {
                    var run = ToolRun.In(_folder.Path, [.. line.Split(' ').Select(word => word == "PAGE" ? name : word)]);
                    Assert.True(run.ExitCode == 0, run.Error);
                }
            }

            return new Uri(_folder.File(name));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}

using System.Diagnostics;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.Own;

/// <summary>A project of a user, built once in a folder of its own from the library's assemblies and nothing else.</summary>
public sealed class OwnAssembly : IDisposable
{
    private const string Settings = "<TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable>";

    private const string Helper = """
        namespace Helper;

        public static class Numbers
        {
            public static float Of(int index) => (float)Math.Sin(7.0 * index);
        }
        """;

    private const string Source = """
        using Nonsmooth.Arithmetic;
        using Nonsmooth.Data;
        using Nonsmooth.Dictionary;
        using Nonsmooth.Optimizers;
        using Nonsmooth.Programs;
        using Nonsmooth.Selections;
        using Nonsmooth.Tensors;
        using Nonsmooth.Training.Networks;
        using Nonsmooth.Training.Objectives;
        using Nonsmooth.Training.Recipes;

        namespace Own;

        public sealed record MyNetwork : Model
        {
            public MyNetwork()
                : base("towers")
            {
                Examples = [Field.Real("left", 3), Field.Real("right", 3), Field.Real("y", 1, InputRole.Target)];
                Forward = (m, e) => m.Linear("head", 1, Functions.Maximum(m.Linear("a", 4, e["left"]), m.Linear("b", 4, e["right"])));
                Loss = Losses.Of("fourth", a => { var d = Functions.Square(a.Outputs["output"] - a.Fields["y"]); return (d + (0.1 * Functions.Square(d))).Mean(); });
                Metrics = [Nonsmooth.Training.Objectives.Metrics.MeanAbsoluteError("y")];
                Data = _maxima;
            }

            private static readonly DatasetRow _maxima = DatasetRow.Of("maxima", "the larger of two numbers", () => new Maxima(96, 0), () => new Maxima(32, 1000));
        }

        public readonly record struct Larger : IBinary
        {
            public static SelectionKey<TieRule> Ties { get; } = new("larger-ties", TieRule.Average) { Topic = "how equal arguments of larger share", Others = [TieRule.First] };

            public string Name => "larger";

            public T Value<T>(T a, T b)
                where T : IScalar<T> => T.Max(a, b, Ties);
        }

        public sealed class Quiet : IModelSource
        {
            public Model Model => new MyNetwork() with
            {
                Name = "quiet",
                Forward = (m, e) => m.Linear("head", 1, e["left"].Builder.Apply(new Silent(), e["left"].Builder.Apply(new Binary<Larger>(default), m.Linear("a", 4, e["left"]), m.Linear("b", 4, e["right"])))),
            };
        }

        public sealed record Silent : ElementaryFunction
        {
            public override string Name => "silent";

            public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) => [arguments[0]];

            public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => [arguments[0]];

            public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) => [tangents[0]];

            public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) => [cotangents[0]];

            public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;
        }

        public sealed class Maxima(int count, int first) : IExamples
        {
            public int Count => count;

            public FieldList Fields { get; } = [Field.Real("left", 3), Field.Real("right", 3), Field.Real("y", 1, InputRole.Target)];

            public void Fill(int index, string field, Span<float> values)
            {
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = field switch
                    {
                        "left" => Helper.Numbers.Of((6 * (first + index)) + i),
                        "right" => Helper.Numbers.Of((6 * (first + index)) + 3 + i),
                        _ => Math.Max(Helper.Numbers.Of(6 * (first + index)), Helper.Numbers.Of((6 * (first + index)) + 3)),
                    };
                }
            }
        }

        public sealed class Extension : IExtension
        {
            public void Register()
            {
                Datasets.Register(DatasetRow.Of("other-maxima", "the same, other numbers", () => new Maxima(64, 5000), () => new Maxima(32, 7000)));
                OptimizerRegistry.Register(new OptimizerEntry(new SgdOptions { Momentum = 0.95 }, "gradient descent with much momentum", 0.01) { Name = "heavy-ball" });
                RecipeRegistry.Register(new Recipe { Name = "short-towers", Description = "two epochs", Network = "towers", Data = "other-maxima", Epochs = 2, BatchSize = 16 });
            }
        }

        public sealed class NoModel;

        public sealed class Broken : IModelSource
        {
            public Broken()
            {
                if (Environment.GetEnvironmentVariable("OWN_IS_BROKEN") is not null)
                {
                    throw new InvalidOperationException("no luck today");
                }
            }

            public Model Model => new MyNetwork() with { Name = "broken" };
        }

        public sealed class Faulty : IModelSource
        {
            public Model Model => new MyNetwork() with
            {
                Name = "faulty",
                Forward = (m, e) => Environment.GetEnvironmentVariable("OWN_IS_BROKEN") is null ? m.Linear("a", 1, e["left"]) : throw new FormatException("cannot read this"),
            };
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public OwnAssembly()
    {
        Write("helper/helper.csproj", $"<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup>{Settings}</PropertyGroup></Project>");
        Write("helper/Numbers.cs", Helper);
        string references = string.Concat(Directory.GetFiles(AppContext.BaseDirectory, "Nonsmooth*.dll")
            .Where(f => !Path.GetFileName(f).Contains("Cli", StringComparison.Ordinal)).Select(f => $"<Reference Include=\"{f}\" Private=\"false\" />"));
        Write(
            "own/own.csproj",
            $"<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup>{Settings}</PropertyGroup><ItemGroup>{references}<ProjectReference Include=\"../helper/helper.csproj\" /></ItemGroup></Project>");
        Write("own/Own.cs", Source);
        var (code, output, error) = Run(false, "dotnet", "build", "own", "-c", "Release", "-o", "out", "-v", "q", "-nologo");
        Assert.True(code == 0, output + error);
    }

    /// <summary>The folder with <c>out/own.dll</c>.</summary>
    public string Folder => _folder.Path;

    /// <summary>Runs the tool as a process in the folder: what is registered in this one other tests would see.</summary>
    public (int Code, string Output, string Error) Tool(params string[] arguments) => Tool(false, arguments);

    /// <summary>The same where the types that can fail do.</summary>
    public (int Code, string Output, string Error) ToolWhereItFails(params string[] arguments) => Tool(true, arguments);

    public void Dispose() => _folder.Dispose();

    private void Write(string path, string text)
    {
        string file = _folder.File(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private (int Code, string Output, string Error) Tool(bool fails, string[] arguments) =>
        Run(fails, "dotnet", [Path.Combine(AppContext.BaseDirectory, "Nonsmooth.Cli.dll"), .. arguments]);

    private (int Code, string Output, string Error) Run(bool fails, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        if (fails)
        {
            start.Environment["OWN_IS_BROKEN"] = "yes";
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}

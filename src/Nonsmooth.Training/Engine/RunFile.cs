using System.Text.Encodings.Web;
using System.Text.Json;
using Nonsmooth.Data.Files;

namespace Nonsmooth.Training.Engine;

/// <summary>Writes <c>run.json</c>: what a run is, and what it has come to.</summary>
internal static class RunFile
{
    private static readonly JsonWriterOptions _options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="path">The file.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="configuration">What its bits depend on.</param>
    /// <param name="plan">What it is about to do.</param>
    /// <param name="result">What it came to; null while it runs.</param>
    /// <param name="files">What writes it; null for the disk.</param>
    public static void Write(
        string path,
        TrainingOptions options,
        RunConfiguration configuration,
        TrainingPlan plan,
        TrainingResult? result,
        IFileSystem? files = null) => AtomicFile.Write(
            path,
            stream =>
            {
                using var json = new Utf8JsonWriter(stream, _options);
                Write(json, options, configuration, plan, result);
            },
            files);

    private static void Write(
        Utf8JsonWriter json, TrainingOptions options, RunConfiguration configuration, TrainingPlan plan, TrainingResult? result)
    {
        json.WriteStartObject();
        json.WriteString("network", plan.Network);
        json.WriteString("data", plan.Data);
        json.WriteString("optimizer", plan.Optimizer);
        json.WriteNumber("parameters", plan.ParameterCount);
        json.WriteNumber("epochs", plan.Epochs);
        json.WriteNumber("stepsPerEpoch", plan.StepsPerEpoch);
        json.WriteNumber("batchSize", plan.BatchSize);
        json.WriteNumber("threads", plan.Threads);
        if (plan.Memory is { } memory)
        {
            json.WriteStartObject("memory");
            json.WriteNumber("budget", memory.Budget);
            json.WriteNumber("peak", memory.Peak);
            json.WriteNumber("recomputed", memory.Recomputed);
            json.WriteEndObject();
        }

        json.WriteString("status", result is null ? "running" : result.Interrupted ? "interrupted" : result.StoppedEarly ? "stopped early" : "complete");
        if (result is not null)
        {
            WriteResult(json, result);
        }

        if (options.Recipe is { } recipe)
        {
            json.WritePropertyName("recipe");
            using var document = JsonDocument.Parse(recipe);
            document.RootElement.WriteTo(json);
        }

        json.WriteStartObject("settings");
        foreach (var (key, value) in configuration.Texts)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, TrainingResult result)
    {
        json.WriteNumber("epochsDone", result.Epochs);
        json.WriteNumber("stepsDone", result.Steps);
        WriteFinite(json, "testAccuracy", result.TestAccuracy);
        WriteFinite(json, "testLoss", result.TestLoss);
        WriteFinite(json, "trainLoss", result.TrainLoss);
        WriteFinite(json, "waitShare", result.WaitShare);
        json.WriteNumber("seconds", result.Seconds);
        if (result.LossScale is { } scale)
        {
            json.WriteNumber("lossScale", scale);
            json.WriteNumber("stepsSkipped", result.SkippedSteps);
        }
    }

    // JSON has no NaN.
    private static void WriteFinite(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}

using System.Text.Json;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;
using Nonsmooth.Tensors;

namespace Nonsmooth.Engines.Protocol;

/// <summary>What an engine did instead of answering: one line.</summary>
public sealed class EngineFaultException : NonsmoothException
{
    /// <summary>With what it did.</summary>
    public EngineFaultException(string message)
        : base(message)
    {
    }
}

/// <summary>An engine at the other end of two streams; whatever comes back is checked.</summary>
/// <param name="lines">Sends a line and gives the next one that comes, or throws where none does.</param>
public sealed class EngineSession(Func<string, string> lines) : IEngine
{
    private EngineHello? _hello;
    private int _id;

    /// <inheritdoc/>
    public EngineHello Hello => _hello ??= Greet();

    /// <inheritdoc/>
    public Answer Ask(Question question) => Exchange(Wire.Ask(++_id, question), _id, root =>
    {
        if (root.TryGetProperty("cannot", out var reason))
        {
            throw new CannotException(reason.GetString() ?? "no reason given");
        }

        var answer = new Answer(question.Spelling, question.Format, question.Point)
        {
            Value = root.TryGetProperty("value", out var value) ? RecordedLine.Array(value) : null,
            Reverse = root.TryGetProperty("vjp", out var vjp)
                ? [.. vjp.EnumerateArray().Select(s => s.ValueKind == JsonValueKind.Null ? null : RecordedLine.List(s))]
                : null,
            Forward = root.TryGetProperty("jvp", out var jvp) ? [.. jvp.EnumerateArray().Select(RecordedLine.List)] : null,
            Error = Words(root, "error"),
            ReverseError = Words(root, "vjp_error"),
            ForwardError = Words(root, "jvp_error"),
        };
        Check(question, answer);
        return question.Kind == SpellingKind.Map && answer.Value is { } flat ? answer with { Value = new(new Shape(flat.Data.Count), flat.Data) } : answer;
    });

    private static string? Words(JsonElement root, string name) => root.TryGetProperty(name, out var words) ? words.ToString() : null;

    private static void Check(Question question, Answer answer)
    {
        if (answer.Value is not { } value)
        {
            throw new EngineFaultException(answer.Error is { } words ? $"error: {words}" : "neither a value, nor an error, nor cannot");
        }

        int count = question.Inputs[0].Data.Count;
        if (value.Shape.Count64 != value.Data.Count || (question.Kind == SpellingKind.Map && value.Data.Count != count))
        {
            throw new EngineFaultException($"the value has {value.Data.Count} numbers for shape {value.Shape}{(question.Kind == SpellingKind.Map ? $", asked at {count} points" : "")}");
        }

        if (answer.Reverse is { } reverse && (reverse.Count != question.Inputs.Count || reverse.Zip(question.Inputs).Any(p => p.First is { } s && s.Count != p.Second.Data.Count)))
        {
            throw new EngineFaultException($"vjp has {string.Join(" + ", reverse.Select(s => s?.Count ?? 0))} numbers, the arguments {string.Join(" + ", question.Inputs.Select(x => x.Data.Count))}");
        }

        if (answer.Forward is { } forward && (forward.Count != question.Tangents.Count || forward.Any(s => s.Count != value.Data.Count)))
        {
            throw new EngineFaultException($"jvp has {string.Join(" + ", forward.Select(s => s.Count))} numbers for {question.Tangents.Count} tangents of {value.Data.Count} outputs");
        }

        if (FormatNumbers.Foreign(question.Format, [.. value.Data, .. (answer.Reverse ?? []).SelectMany(s => s ?? [])]) is { } foreign)
        {
            throw new EngineFaultException($"{foreign:R} is no number of {question.Format}: it computes in another format than it says");
        }
    }

    private EngineHello Greet() => Exchange(Wire.Hello, 0, root =>
    {
        int protocol = root.TryGetProperty("protocol", out var number) && number.ValueKind == JsonValueKind.Number ? number.GetInt32() : 0;
        return protocol == EngineHello.Protocol
            ? new EngineHello(Text("engine"), Text("version"), Text("mode"), [.. root.GetProperty("formats").EnumerateArray().Select(f => f.GetString()!)])
            : throw new EngineFaultException($"it speaks version {protocol} of the protocol, this is {EngineHello.Protocol}");
        string Text(string name) => root.GetProperty(name).GetString()!;
    });

    private T Exchange<T>(string line, int id, Func<JsonElement, T> read)
    {
        string back = lines(line);
        try
        {
            using var document = JsonDocument.Parse(back);
            var root = document.RootElement;
            int answered = root.GetProperty("id").GetInt32();
            return answered == id ? read(root) : throw new EngineFaultException($"it answered question {answered}, {id} was asked");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new EngineFaultException($"'{(back.Length > 60 ? back[..60] + "…" : back)}' is no answer: {e.Message}");
        }
    }
}

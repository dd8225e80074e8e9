using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nonsmooth.Pretrained.HuggingFace;

namespace Nonsmooth.Pretrained.Adapters;

/// <summary>
/// A new adapter in one line, <c>r=8,alpha=16,targets=q_proj,v_proj</c>: keys with values, and values without a key belong to the key before them.
/// </summary>
/// <remarks>
/// Keys: <c>r</c>, <c>alpha</c>, <c>dropout</c>, <c>targets</c> (names, a regular expression after <c>re:</c>, or <c>all-linear</c>), <c>layers</c> (numbers), <c>save</c> (modules
/// held whole), <c>bias</c> (none, all, lora_only), <c>rslora</c> and <c>dora</c> (true or false).
/// </remarks>
public static class AdapterText
{
    internal static readonly JsonSerializerOptions Written = new() { WriteIndented = true };

    private const string Expression = "re:";

    private static readonly (string Key, Func<string[], (string Field, JsonNode? Value)> Read)[] _keys =
    [
        ("r", v => ("r", Number(v))), ("alpha", v => ("lora_alpha", Number(v))), ("dropout", v => ("lora_dropout", Number(v))),
        ("targets", v => ("target_modules", v is [AdapterTargets.AllLinear] ? AdapterTargets.AllLinear
            : v[0].StartsWith(Expression, StringComparison.Ordinal) ? string.Join(',', v)[Expression.Length..] : Texts(v))),
        ("layers", v => ("layers_to_transform", new JsonArray([.. v.Select(n => Number([n]))]))), ("save", v => ("modules_to_save", Texts(v))), ("bias", v => ("bias", v[0])),
        ("rslora", v => ("use_rslora", Flag(v))), ("dora", v => ("use_dora", Flag(v))),
    ];

    /// <summary>Whether a text describes a new adapter, and is no path.</summary>
    public static bool Is(string text) => text.IndexOf('=', StringComparison.Ordinal) is var at and > 0 && _keys.Any(k => k.Key == text[..at]);

    /// <summary>The configuration that a text describes.</summary>
    /// <exception cref="FolderException">A key or a value is none; the message names it.</exception>
    internal static byte[] Config(string text, string baseModel)
    {
        var fields = new JsonObject
        {
            ["alpha_pattern"] = new JsonObject(), ["auto_mapping"] = null, ["base_model_name_or_path"] = baseModel, ["bias"] = "none", ["fan_in_fan_out"] = false,
            ["inference_mode"] = true, ["init_lora_weights"] = true, ["layers_pattern"] = null, ["layers_to_transform"] = null, ["lora_alpha"] = 8, ["lora_dropout"] = 0.0,
            ["modules_to_save"] = null, ["peft_type"] = "LORA", ["r"] = 8, ["rank_pattern"] = new JsonObject(), ["revision"] = null, ["target_modules"] = AdapterTargets.AllLinear,
            ["task_type"] = "CAUSAL_LM", ["use_dora"] = false, ["use_rslora"] = false,
        };
        foreach (var (key, values) in Parts(text))
        {
            var (_, read) = _keys.FirstOrDefault(k => k.Key == key);
            var (field, value) = read?.Invoke(values)
                ?? throw new FolderException($"adapter '{text}' has the key '{key}': give some of {string.Join(", ", _keys.Select(k => k.Key))}{Nearest.Question(key, _keys.Select(k => k.Key))}");
            fields[field] = value;
        }

        return JsonSerializer.SerializeToUtf8Bytes(fields, Written);
    }

    private static IEnumerable<(string Key, string[] Values)> Parts(string text)
    {
        var parts = new List<(string Key, List<string> Values)>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            int at = part.IndexOf('=', StringComparison.Ordinal);
            if (at > 0)
            {
                parts.Add((part[..at], [part[(at + 1)..]]));
            }
            else if (parts.Count > 0)
            {
                parts[^1].Values.Add(part);
            }
        }

        return parts.Select(p => p.Values.All(v => v.Length > 0) ? (p.Key, p.Values.ToArray()) : throw new FolderException($"adapter '{text}' has nothing for {p.Key}: give a value"));
    }

    private static JsonArray Texts(string[] values) => new([.. values.Select(v => JsonValue.Create(v))]);

    private static JsonNode? Number(string[] values) => values is [var only] && double.TryParse(only, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        ? number == Math.Floor(number) && Math.Abs(number) < 1e9 ? JsonValue.Create((long)number) : JsonValue.Create(number)
        : throw new FolderException($"an adapter's text has '{string.Join(',', values)}' where a number is: as in r=8,alpha=16,targets=q_proj,v_proj");

    private static JsonNode? Flag(string[] values) => values is [var only] && bool.TryParse(only, out bool flag)
        ? JsonValue.Create(flag)
        : throw new FolderException($"an adapter's text has '{string.Join(',', values)}' where true or false is: as in dora=true");
}

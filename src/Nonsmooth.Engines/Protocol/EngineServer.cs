using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nonsmooth.Engines.Protocol;

/// <summary>Serves an engine of .NET over the protocol.</summary>
public static class EngineServer
{
    /// <summary>Reads questions and writes answers until the input ends.</summary>
    public static void Run(IEngine engine, TextReader input, TextWriter output)
    {
        while (input.ReadLine() is { } text)
        {
            using var line = JsonDocument.Parse(text);
            var root = line.RootElement;
            int id = root.GetProperty("id").GetInt32();
            JsonObject answer;
            if (root.GetProperty("op").GetString() == "hello")
            {
                var hello = engine.Hello;
                answer = new JsonObject
                {
                    ["id"] = id,
                    ["protocol"] = EngineHello.Protocol,
                    ["engine"] = hello.Engine,
                    ["version"] = hello.Version,
                    ["mode"] = hello.Mode,
                    ["formats"] = new JsonArray([.. hello.Formats.Select(f => (JsonNode)f)]),
                };
            }
            else
            {
                try
                {
                    answer = Wire.Answer(id, engine.Ask(Wire.Question(root)));
                }
                catch (CannotException e)
                {
                    answer = new JsonObject { ["id"] = id, ["cannot"] = e.Message };
                }
            }

            output.WriteLine(answer.ToJsonString());
            output.Flush();
        }
    }
}

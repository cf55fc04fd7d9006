using System.Globalization;
using MlNetShallowNet;

// Scores rows of numbers from standard input, separated by commas, with a JSON network; with a second file the network is also written there.
if (args.Length is not (1 or 2))
{
    Console.Error.WriteLine("usage: Aot NETWORK.json [COPY.json] < rows");
    return 2;
}

ShallowNetworkModelParameters network = NetworkJson.Load(args[0]);
if (args.Length == 2)
    NetworkJson.Save(network, args[1]);
while (Console.ReadLine() is string line)
{
    float[] features = Array.ConvertAll(line.Split(','), number => float.Parse(number, CultureInfo.InvariantCulture));
    Console.WriteLine(network.Score(features).ToString("R", CultureInfo.InvariantCulture));
}

return 0;

using System.CommandLine;
using MlNetShallowNet.Quality;
using MlNetShallowNet.Quality.Commands;

var root = new RootCommand("The quality of predictions beside what users would pick instead, and its cost.")
{
    TableCommands.Tables(args), TableCommands.InBox(args), ShapesCommand.Create(args), SearchCommand.Create(args), ScoringCommand.Create(args),
    TableCommands.Changes(args), PictureCommand.Create(),
};
try
{
    return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (BenchError e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
